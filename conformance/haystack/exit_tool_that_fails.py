"""A tool that is to end an agent does not where it fails: the agent goes on.

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
def send(text: str) -> str:
    """Sends the letter."""
    raise ValueError("closed")


clerk = Agent(
    chat_generator=Scripted(call("send", text="x"), ChatMessage.from_assistant("closed")),
    tools=[send],
    exit_conditions=["send"],
)


def run():
    return clerk.run([ChatMessage.from_user("send it")])["last_message"].text


if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(run), "asked": len(ran)}))
