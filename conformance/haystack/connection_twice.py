"""A connection that is made twice is one connection.

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
pipeline.add_component("two", Say())
pipeline.connect("one.text", "two.text")
pipeline.connect("one.text", "two.text")


def main():
    return pipeline.run({"one": {"text": "tea"}})


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
