"""A plain function among the hooks of an agent is refused.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component


def outcome(do):
    try:
        do()
        return ""
    except Exception as error:
        return type(error).__name__


from haystack.components.agents import Agent
from haystack.dataclasses import ChatMessage


@component
class Scripted:
    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage], tools=None, streaming_callback=None, generation_kwargs=None):
        return {"replies": [ChatMessage.from_assistant("done")]}


def note(state):
    pass


def build():
    return Agent(chat_generator=Scripted(), hooks={"before_run": [note]})


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)}))
