"""A hook of an agent is called at one of six places: another word is refused.

haystack-ai 3.4.1.
"""

import json

from haystack import component
from haystack.components.agents import Agent
from haystack.dataclasses import ChatMessage


@component
class Scripted:
    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage], tools=None, streaming_callback=None, generation_kwargs=None):
        return {"replies": [ChatMessage.from_assistant("done")]}


class Note:
    def run(self, state):
        print(state)


def build():
    return Agent(chat_generator=Scripted(), hooks={"after_llm": [Note()]})


if __name__ == "__main__":
    try:
        build()
        raised = ""
    except (ValueError, TypeError) as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
