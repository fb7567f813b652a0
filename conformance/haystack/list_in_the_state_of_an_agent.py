"""What a tool gives for a list of the state is added to it; what it gives for a text takes its place.

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


from typing import Annotated

from haystack.tools import create_tool_from_function


def look(word: str) -> dict:
    """Looks a word up."""
    return {"found": [word], "last": word}


finder = create_tool_from_function(
    look, outputs_to_state={"found": {"source": "found"}, "last": {"source": "last"}}
)
clerk = Agent(
    chat_generator=Scripted(call("look", word="a"), call("look", word="b"), ChatMessage.from_assistant("done")),
    tools=[finder],
    state_schema={"found": {"type": list[str]}, "last": {"type": str}},
)


def run():
    result = clerk.run([ChatMessage.from_user("look")])
    return [result["found"], result["last"]]


if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(run)}))
