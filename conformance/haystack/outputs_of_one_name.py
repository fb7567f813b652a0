"""A pipeline that is a component has outputs of different names: two of one name have to be mapped.

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


from haystack import SuperComponent

pipeline = Pipeline()
pipeline.add_component("one", Say())
pipeline.add_component("two", Say("more"))


def build():
    return SuperComponent(pipeline=pipeline)


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
