"""A tool of an agent that raises ends nothing: the model is told.

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



@tool
def look(name: str) -> str:
    """Looks it up."""
    raise ValueError("closed")


CALL = ChatMessage.from_assistant(tool_calls=[ToolCall("look", {"name": "x"}, "1")])
clerk = Agent(chat_generator=Scripted(CALL, ChatMessage.from_assistant("done")), tools=[look])


def run():
    result = clerk.run([ChatMessage.from_user("go")])
    return [result["last_message"].text, [m.tool_call_result.error for m in result["messages"] if m.tool_call_result]]


if __name__ == "__main__":
    print(json.dumps({"result": outcome(run)}))
