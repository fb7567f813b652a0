"""A tool's `Command` that changes nothing needs no answer, as far as the framework looks.

langgraph 1.2.24.
"""

import json

from langchain.agents import create_agent
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, ToolMessage
from langchain_core.tools import tool
from langgraph.types import Command


def outcome(do):
    try:
        do()
        return ""
    except Exception as error:
        return type(error).__name__


class Scripted(GenericFakeChatModel):
    def bind_tools(self, tools, **kwargs):
        return self


def asks(name, **arguments):
    return AIMessage("", tool_calls=[{"name": name, "args": arguments, "id": "1"}])


@tool
def note(text: str) -> Command:
    """Notes it."""
    return Command(goto="model")


clerk = create_agent(Scripted(messages=iter([asks("note", text="x"), AIMessage("done"), AIMessage("more")])), tools=[note])

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: clerk.invoke({"messages": [("user", "go")]}))}))
