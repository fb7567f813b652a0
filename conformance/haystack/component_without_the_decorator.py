"""A class without the decorator is no component: a pipeline refuses it.

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



class Count:
    @component.output_types(n=int)
    def run(self, text: str):
        return {"n": len(text)}


def make():
    pipe = Pipeline()
    pipe.add_component("count", Count())


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(make)[0]}))
