"""A pipeline warms its components up before it runs: what they make then is there.

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
    def __init__(self):
        self.ending = None

    def warm_up(self):
        self.ending = "!"

    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text + self.ending}


pipeline = Pipeline()
pipeline.add_component("one", Say())


def main():
    return pipeline.run({"one": {"text": "tea"}})


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
