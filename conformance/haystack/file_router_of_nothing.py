"""A router of files has at least one kind of file, and none that is called like its own outputs.

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


from haystack.components.routers import FileTypeRouter


def nothing():
    Pipeline().add_component("route", FileTypeRouter(mime_types=[]))


def own():
    Pipeline().add_component("route", FileTypeRouter(mime_types=["unclassified"]))


if __name__ == "__main__":
    print(json.dumps({"nothing": outcome(nothing)[0], "own": outcome(own)[0]}))
