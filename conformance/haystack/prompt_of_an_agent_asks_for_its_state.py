"""A variable in the prompt of an agent is not named like a key of its state.

haystack-ai 3.4.1.
"""

import asyncio
import json

from haystack import Document, Pipeline, component

ran = []


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None


@component
class Say:
    def __init__(self, text: str = "tea"):
        self.text = text

    @component.output_types(text=str)
    def run(self, topic: str):
        return {"text": f"{self.text} {topic}"}


@component
class Shout:
    @component.output_types(loud=str)
    def run(self, text: str):
        return {"loud": text.upper()}


from haystack.components.agents import Agent
from haystack.dataclasses import ChatMessage


@component
class Scripted:
    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage], tools=None, streaming_callback=None, generation_kwargs=None):
        return {"replies": [ChatMessage.from_assistant("done")]}


def build():
    return Agent(
        chat_generator=Scripted(),
        user_prompt='{% message role="user" %}About {{ topic }}.{% endmessage %}',
        required_variables=["topic"],
        state_schema={"topic": {"type": str}},
    )


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
