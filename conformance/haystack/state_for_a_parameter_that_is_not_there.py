"""A tool is given keys of the state for parameters that it has, or it is refused.

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



def look(name: str) -> str:
    """Looks it up."""
    return "found"


def make():
    shown = create_tool_from_function(look, inputs_from_state={"shop": "place"})
    return Agent(chat_generator=Scripted(), tools=[shown], state_schema={"shop": {"type": str}})


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(make)[0]}))
