"""An approval for a tool that the agent does not have is never asked for, and nothing is said.

langgraph 1.2.24 with langchain 1.5.2.
"""

import json

from langchain.agents import create_agent
from langchain.agents.middleware import HumanInTheLoopMiddleware
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.tools import tool
from langgraph.checkpoint.memory import InMemorySaver


class Scripted(GenericFakeChatModel):
    def bind_tools(self, tools, **kwargs):
        return self


def asks(name, **arguments):
    return AIMessage("", tool_calls=[{"name": name, "args": arguments, "id": "1"}])


paid = []


@tool
def pay(amount: int) -> str:
    """Pays."""
    paid.append(amount)
    return "paid"


clerk = create_agent(
    Scripted(messages=iter([asks("pay", amount=3), AIMessage("done")])),
    tools=[pay],
    checkpointer=InMemorySaver(),
    middleware=[HumanInTheLoopMiddleware(interrupt_on={"pays": True})],
)

if __name__ == "__main__":
    result = clerk.invoke({"messages": [("user", "go")]}, {"configurable": {"thread_id": "1"}})
    print(json.dumps({"paid": paid, "asked": "__interrupt__" in result}))
