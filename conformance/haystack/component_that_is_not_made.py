"""A component is an object: its class by itself is refused.

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


def build():
    pipeline = Pipeline()
    pipeline.add_component("one", Say)


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
