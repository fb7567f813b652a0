"""Components that are ready at once run in the order of their names.

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
class Say:
    def __init__(self, word: str):
        self.word = word

    @component.output_types(text=str)
    def run(self, text: str):
        ran.append(self.word)
        return {"text": self.word}


pipe = Pipeline()
pipe.add_component("zoo", Say("zoo"))
pipe.add_component("ant", Say("ant"))
pipe.add_component("bee", Say("bee"))


if __name__ == "__main__":
    pipe.run({"bee": {"text": "x"}, "zoo": {"text": "x"}, "ant": {"text": "x"}})
    print(json.dumps({"ran": ran}))
