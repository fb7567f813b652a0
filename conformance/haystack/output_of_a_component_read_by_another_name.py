"""What a run gives of a component is under the names of its outputs: another one fails.

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
    def run(self, text: str):
        return {"text": text + "!"}


pipeline = Pipeline()
pipeline.add_component("one", Say())


def main():
    result = pipeline.run({"one": {"text": "tea"}})
    return result["one"]["reply"]


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(main)[0]}))
