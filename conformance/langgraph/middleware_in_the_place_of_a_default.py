"""What a deep agent is given takes the place of the middleware of the same name that it would make itself.

deepagents 0.7.32 with langchain 1.5.2.
"""

import json

from deepagents import create_deep_agent
from langchain.agents.middleware import HumanInTheLoopMiddleware
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.tools import tool
from langgraph.checkpoint.memory import InMemorySaver


class Scripted(GenericFakeChatModel):
    def bind_tools(self, tools, **kwargs):
        return self


@tool
def pay(amount: int) -> str:
    """Pay."""
    return f"paid {amount}"


@tool
def refund(amount: int) -> str:
    """Refund."""
    return f"refunded {amount}"


called = AIMessage("", tool_calls=[{"name": "refund", "args": {"amount": 1}, "id": "1"}])
agent = create_deep_agent(
    model=Scripted(messages=iter([called, AIMessage("done")])),
    tools=[pay, refund],
    checkpointer=InMemorySaver(),
    middleware=[HumanInTheLoopMiddleware(interrupt_on={"pay": True})],
    interrupt_on={"refund": True},
)

if __name__ == "__main__":
    ended = agent.invoke({"messages": [("user", "Refund it.")]}, {"configurable": {"thread_id": "t"}})
    print(json.dumps({"asked": "__interrupt__" in ended, "last": ended["messages"][-1].text}))
