"""An output that is connected is not in the result of a run, unless the run asks for it.

haystack-ai 3.4.1.
"""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

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


pipeline = Pipeline()
pipeline.add_component("say", Say())
pipeline.add_component("shout", Shout())
pipeline.connect("say.text", "shout.text")


def text():
    return pipeline.run({"say": {"topic": "time"}})["say"]["text"]


def text_asked_for():
    return pipeline.run({"say": {"topic": "time"}}, include_outputs_from={"say"})["say"]["text"]


if __name__ == "__main__":
    print(json.dumps({"plain": type(ThreadPoolExecutor().submit(text).exception()).__name__, "asked": text_asked_for()}))
