"""An exit condition may name a tool that the agent does not have: it never ends the agent.

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


def run():
    clerk = Agent(
        chat_generator=Scripted(CALL, ChatMessage.from_assistant("done")),
        tools=[send],
        exit_conditions=["sent"],
    )
    return clerk.run([ChatMessage.from_user("send it")])


if __name__ == "__main__":
    try:
        result = run()
        print(json.dumps({"last": result["last_message"].text, "refused": ""}))
    except ValueError as error:
        print(json.dumps({"last": "", "refused": type(error).__name__}))
