"""A key of the state of an agent has a type.

haystack-ai 3.4.1.
"""

import json
from concurrent.futures import ThreadPoolExecutor

from haystack import Document, Pipeline, component


def outcome(do):
    with ThreadPoolExecutor() as pool:
        done = pool.submit(do)
        failure = done.exception()
    return [type(failure).__name__, None] if failure else ["", done.result()]


from haystack.components.agents import Agent
from haystack.dataclasses import ChatMessage


@component
class Scripted:
    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage], tools=None, streaming_callback=None, generation_kwargs=None):
        return {"replies": [ChatMessage.from_assistant("done")]}


def build():
    pipeline = Pipeline()
    pipeline.add_component("agent", Agent(chat_generator=Scripted(), state_schema={"notes": {}}))


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
