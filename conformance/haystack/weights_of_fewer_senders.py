"""A joiner with fewer weights than senders fails the run.

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
    return DocumentJoiner(join_mode="merge", weights=[0.5, 0.5])


pipe = Pipeline()


@component
class Give:
    @component.output_types(documents=list[Document])
    def run(self, text: str):
        return {"documents": [Document(content=text)]}


for name in ("a", "b", "c"):
    pipe.add_component(name, Give())
pipe.add_component("join", make())
for name in ("a", "b", "c"):
    pipe.connect(name, "join")


def run():
    return len(pipe.run({name: {"text": name} for name in ("a", "b", "c")})["join"]["documents"])


if __name__ == "__main__":
    print(json.dumps({"result": outcome(run)}))
