"""A pipeline that is told not to check types connects a text to a number; the component gets the text.

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
class Count:
    @component.output_types(double=int)
    def run(self, number: int):
        return {"double": number * 2}


pipeline = Pipeline(connection_type_validation=False)
pipeline.add_component("say", Say())
pipeline.add_component("count", Count())
pipeline.connect("say.text", "count.number")

if __name__ == "__main__":
    print(json.dumps({"result": outcome(lambda: pipeline.run({"say": {"topic": "time"}}))[1]}))
