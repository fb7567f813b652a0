"""The generator of an agent that has tools takes them.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from haystack.components.agents import Agent
from haystack.dataclasses import ChatMessage
from haystack.tools import tool


@tool
def look(text: str) -> str:
    """Looks."""
    return "nothing"


@component
class Scripted:
    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage]):
        return {"replies": [ChatMessage.from_assistant("done")]}


def build():
    pipeline = Pipeline()
    pipeline.add_component("agent", Agent(chat_generator=Scripted(), tools=[look]))
    return pipeline


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
