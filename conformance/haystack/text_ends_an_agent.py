"""A text without a tool call ends an agent, whatever its exit conditions are.

haystack-ai 3.4.1.
"""

import json

from haystack import component
from haystack.components.agents import Agent
from haystack.dataclasses import ChatMessage, ToolCall
from haystack.tools import tool


@component
class Scripted:
    def __init__(self, *answers: ChatMessage):
        self.answers = list(answers)

    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage], tools=None, streaming_callback=None, generation_kwargs=None):
        return {"replies": [self.answers.pop(0)]}


@tool
def send(text: str) -> str:
    """Sends the letter."""
    return "sent"


CALL = ChatMessage.from_assistant(tool_calls=[ToolCall("send", {"text": "x"}, "1")])


clerk = Agent(
    chat_generator=Scripted(ChatMessage.from_assistant("I will send it now."), CALL),
    tools=[send],
    exit_conditions=["send"],
)

if __name__ == "__main__":
    result = clerk.run([ChatMessage.from_user("send it")])
    print(json.dumps({"last": result["last_message"].text, "why": result["exit_reason"]}))
