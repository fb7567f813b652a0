"""An agent refuses two tools of one name.

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
from haystack.tools import Tool, tool


@tool
def look(text: str) -> str:
    """Looks."""
    return "nothing"


@tool(name="look")
def peek(text: str) -> str:
    """Peeks."""
    return "something"


@component
class Scripted:
    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage], tools=None, streaming_callback=None, generation_kwargs=None):
        return {"replies": [ChatMessage.from_assistant("done")]}


def build():
    agent = Agent(chat_generator=Scripted(), tools=[look, peek])
    return agent.run([ChatMessage.from_user("go")])["last_message"].text


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)}))
