"""A tool that waits for approval leaves a person something to decide.

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


from langchain.agents.middleware import HumanInTheLoopMiddleware

model = Scripted(messages=iter([AIMessage("done")]))


@tool
def send(text: str) -> str:
    """Sends it."""
    return "sent"


def build():
    approval = HumanInTheLoopMiddleware(interrupt_on={"send": {"allowed_decisions": []}})
    return create_agent(model, tools=[send], middleware=[approval])


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)}))
