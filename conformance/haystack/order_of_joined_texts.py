"""What several components send to one input is joined by the names of the components, however they are connected.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component
from haystack.core.component.types import Variadic


@component
class Say:
    def __init__(self, word: str = "!"):
        self.word = word

    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text + self.word}


@component
class Join:
    @component.output_types(text=str)
    def run(self, texts: Variadic[str]):
        return {"text": " ".join(texts)}


def joined(first, second):
    pipeline = Pipeline()
    pipeline.add_component(first, Say("first"))
    pipeline.add_component(second, Say("second"))
    pipeline.add_component("join", Join())
    pipeline.connect(f"{first}.text", "join.texts")
    pipeline.connect(f"{second}.text", "join.texts")
    return pipeline.run({first: {"text": ""}, second: {"text": ""}})["join"]["text"]


if __name__ == "__main__":
    print(json.dumps({"draft, review": joined("draft", "review"), "review, draft": joined("review", "draft")}))
