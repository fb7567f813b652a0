"""Names that an agent uses itself are no keys of its state; before 3.0 it used none of them.

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


@component
class Scripted:
    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage], tools=None, streaming_callback=None, generation_kwargs=None):
        return {"replies": [ChatMessage.from_assistant("done")]}


def build():
    pipeline = Pipeline()
    pipeline.add_component("agent", Agent(chat_generator=Scripted(), state_schema={"step_count": {"type": int}}))
    return pipeline


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
