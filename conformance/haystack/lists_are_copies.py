"""Each component gets a copy of what is sent: what one does to a list the other does not see.

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



@component
class Words:
    @component.output_types(words=list[str])
    def run(self, topic: str):
        return {"words": [topic]}


@component
class Add:
    @component.output_types(number=int)
    def run(self, words: list[str]):
        words.append("more")
        return {"number": len(words)}


@component
class Count:
    @component.output_types(number=int)
    def run(self, words: list[str]):
        return {"number": len(words)}


pipeline = Pipeline()
pipeline.add_component("words", Words())
pipeline.add_component("add", Add())
pipeline.add_component("count", Count())
pipeline.connect("words.words", "add.words")
pipeline.connect("words.words", "count.words")

if __name__ == "__main__":
    print(json.dumps(outcome(lambda: pipeline.run({"words": {"topic": "tea"}}))[1]))
