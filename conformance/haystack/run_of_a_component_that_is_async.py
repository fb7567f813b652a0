"""The run of a component is a plain function: a coroutine in its place fails the run.

haystack-ai 3.4.1.
"""

import json
from concurrent.futures import ThreadPoolExecutor

from haystack import Document, Pipeline, component


def outcome(do):
    with ThreadPoolExecutor() as pool:
        done = pool.submit(do)
        failure = done.exception()
    return [type(failure).__name__, None] if failure else ["", done.result()]


@component
class Say:
    @component.output_types(text=str)
    async def run(self, text: str):
        return {"text": text + "!"}


pipeline = Pipeline()
pipeline.add_component("one", Say())


def main():
    return pipeline.run({"one": {"text": "tea"}})


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(main)[0]}))
