"""The parameters of a tool have types.

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



def make():
    @tool
    def look(name) -> str:
        """Looks it up."""
        return "found"

    return Agent(chat_generator=Scripted(), tools=[look])


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(make)[0]}))
