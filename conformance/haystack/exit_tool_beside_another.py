"""Of two tools that are called at once one ends the agent: both run, and the last message is a tool's.

haystack-ai 3.4.1.
"""

import json

from haystack import Document, Pipeline, component
from haystack.components.agents import Agent
from haystack.components.builders import ChatPromptBuilder, PromptBuilder
from haystack.components.joiners import DocumentJoiner
from haystack.components.writers import DocumentWriter
from haystack.dataclasses import ChatMessage, ToolCall
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.tools import tool

ran = []


@component
class Scripted:
    def __init__(self, *answers: ChatMessage):
        self.answers = list(answers)

    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage], tools=None, streaming_callback=None, generation_kwargs=None):
        ran.append([each.text for each in messages if each.text])
        return {"replies": [self.answers.pop(0)]}


def call(name, **arguments):
    return ChatMessage.from_assistant(tool_calls=[ToolCall(name, arguments, name)])


def outcome(do):
    try:
        return ["", do()]
    except Exception as error:
        return [type(error).__name__, None]


@tool
def look(text: str) -> str:
    """Looks."""
    return "looked"


@tool
def send(text: str) -> str:
    """Sends the letter."""
    return "sent"


BOTH = ChatMessage.from_assistant(tool_calls=[ToolCall("send", {"text": "x"}, "1"), ToolCall("look", {"text": "x"}, "2")])
clerk = Agent(
    chat_generator=Scripted(BOTH, ChatMessage.from_assistant("never")),
    tools=[look, send],
    exit_conditions=["send"],
)


def run():
    result = clerk.run([ChatMessage.from_user("send it")])
    return [[each.role.value for each in result["messages"]], result["last_message"].text, result["last_message"].role.value]


if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(run), "asked": len(ran)}))
