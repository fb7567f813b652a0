"""A joiner of documents knows five modes: another word is refused.

haystack-ai 3.4.1.
"""

import asyncio
import json

from haystack import Document, Pipeline, component

ran = []


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None


@component
class Say:
    def __init__(self, text: str = "tea"):
        self.text = text

    @component.output_types(text=str)
    def run(self, topic: str):
        return {"text": f"{self.text} {topic}"}


@component
class Shout:
    @component.output_types(loud=str)
    def run(self, text: str):
        return {"loud": text.upper()}


from haystack.components.joiners import DocumentJoiner


def build():
    pipeline = Pipeline()
    pipeline.add_component("join", DocumentJoiner(join_mode="sum"))


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
