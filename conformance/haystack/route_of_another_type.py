"""A router that is to check its outputs fails where a route gives another type than it says.

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


from haystack.components.routers import ConditionalRouter

routes = [
    {"condition": "{{ number > 3 }}", "output": "many", "output_name": "much", "output_type": int},
    {"condition": "{{ number <= 3 }}", "output": "{{ number }}", "output_name": "little", "output_type": int},
]
pipeline = Pipeline()
pipeline.add_component("route", ConditionalRouter(routes, validate_output_type=True))

if __name__ == "__main__":
    little = outcome(lambda: pipeline.run({"route": {"number": 1}}))
    much = outcome(lambda: pipeline.run({"route": {"number": 7}}))
    print(json.dumps({"little": little[1], "much": much[0]}))
