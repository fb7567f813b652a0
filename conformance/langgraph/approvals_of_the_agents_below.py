"""The approvals of a deep agent hold for the agents that it runs: a tool of theirs waits for a person.

deepagents 0.7.32 with langchain 1.5.2.
"""

import json

from deepagents import create_deep_agent
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.tools import tool
from langgraph.checkpoint.memory import InMemorySaver


class Scripted(GenericFakeChatModel):
    def bind_tools(self, tools, **kwargs):
        return self


def scripted(name, **arguments):
    called = AIMessage("", tool_calls=[{"name": name, "args": arguments, "id": name}])
    return Scripted(messages=iter([called, AIMessage("done")]))


@tool
def pay(amount: int) -> str:
    """Pay."""
    return f"paid {amount}"


agent = create_deep_agent(
    model=scripted("task", description="Pay it.", subagent_type="payer"),
    checkpointer=InMemorySaver(),
    interrupt_on={"pay": True},
    subagents=[
        {
            "name": "payer",
            "description": "Pays.",
            "system_prompt": "Pay.",
            "tools": [pay],
            "model": scripted("pay", amount=1),
        }
    ],
)

if __name__ == "__main__":
    ended = agent.invoke({"messages": [("user", "Pay it.")]}, {"configurable": {"thread_id": "t"}})
    asked = [request["name"] for pause in ended["__interrupt__"] for request in pause.value["action_requests"]]
    print(json.dumps({"asked": asked}))
