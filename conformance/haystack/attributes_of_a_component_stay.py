"""A component keeps its attributes from one run to the next.

haystack-ai 3.4.1.
"""

import json

from haystack import Document, Pipeline, component
from haystack.components.agents import Agent
from haystack.components.joiners import BranchJoiner, DocumentJoiner, StringJoiner
from haystack.components.routers import ConditionalRouter
from haystack.dataclasses import ChatMessage, ToolCall
from haystack.tools import Tool, create_tool_from_function, tool


@component
class Scripted:
    def __init__(self, *answers):
        self.answers = list(answers)

    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage], tools=None, streaming_callback=None, generation_kwargs=None):
        return {"replies": [self.answers.pop(0)]}


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None



@component
class Count:
    def __init__(self):
        self.seen = []

    @component.output_types(n=int)
    def run(self, text: str):
        self.seen.append(text)
        return {"n": len(self.seen)}


pipe = Pipeline()
pipe.add_component("count", Count())


def run():
    pipe.run({"count": {"text": "tea"}})
    return pipe.run({"count": {"text": "milk"}})["count"]["n"]


if __name__ == "__main__":
    print(json.dumps({"result": outcome(run)[1]}))
