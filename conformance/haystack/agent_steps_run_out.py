"""An agent that runs out of steps ends without an error.

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
from haystack.dataclasses import ChatMessage, ToolCall
from haystack.tools import tool


@tool
def look(text: str) -> str:
    """Looks."""
    return "nothing"


@component
class Scripted:
    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage], tools=None, streaming_callback=None, generation_kwargs=None):
        return {"replies": [ChatMessage.from_assistant(tool_calls=[ToolCall("look", {"text": "x"}, "1")])]}


pipeline = Pipeline()
pipeline.add_component("agent", Agent(chat_generator=Scripted(), tools=[look], max_agent_steps=2))
if __name__ == "__main__":
    raised, result = outcome(lambda: pipeline.run({"agent": {"messages": [ChatMessage.from_user("go")]}}))
    last = result["agent"]["last_message"]
    print(json.dumps({"raised": raised, "last": last.role.value, "keys": sorted(result["agent"])}))
