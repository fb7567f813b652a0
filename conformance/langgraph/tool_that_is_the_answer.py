"""A tool that returns directly ends the agent without the answer in its declared form.

langgraph 1.2.24 with langchain 1.5.2.
"""

import json

from langchain.agents import create_agent
from langchain.agents.structured_output import ToolStrategy
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.tools import tool
from pydantic import BaseModel


class Scripted(GenericFakeChatModel):
    def bind_tools(self, tools, **kwargs):
        return self


def asks(name, **arguments):
    return AIMessage("", tool_calls=[{"name": name, "args": arguments, "id": "1"}])


class Bill(BaseModel):
    amount: int


@tool(return_direct=True)
def add_up(items: str) -> str:
    """Adds up."""
    return "twelve"


clerk = create_agent(
    Scripted(messages=iter([asks("add_up", items="x"), asks("Bill", amount=12)])),
    tools=[add_up],
    response_format=ToolStrategy(Bill),
)

if __name__ == "__main__":
    result = clerk.invoke({"messages": [("user", "go")]})
    print(json.dumps({"form": result.get("structured_response"), "last": result["messages"][-1].content}))
