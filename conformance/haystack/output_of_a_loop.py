"""What a run asks for of a component in a loop is what it gave last.

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


@component
class Count:
    @component.output_types(more=int, done=int)
    def run(self, n: int, again: int | None = None):
        n = n if again is None else again
        ran.append(n)
        return {"done": n} if n > 2 else {"more": n}


@component
class Add:
    @component.output_types(n=int)
    def run(self, n: int):
        return {"n": n + 1}


pipe = Pipeline()
pipe.add_component("count", Count())
pipe.add_component("add", Add())
pipe.connect("count.more", "add.n")
pipe.connect("add.n", "count.again")


def run():
    return pipe.run({"count": {"n": 0}}, include_outputs_from={"add", "count"})


if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(run), "ran": ran}))
