"""A limit of model calls ends the agent with a message of its own, and no error is raised.

langgraph 1.2.24.
"""

import json

from langchain.agents import create_agent
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage


class Model(GenericFakeChatModel):
    def bind_tools(self, tools, **kwargs):
        return self


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from langchain.agents.middleware import ModelCallLimitMiddleware


def look(word: str) -> str:
    """Look."""
    return word


def call(number):
    return AIMessage("", tool_calls=[{"name": "look", "args": {"word": "a"}, "id": str(number)}])


model = Model(messages=iter([call(n) for n in range(9)]))
agent = create_agent(model, tools=[look], middleware=[ModelCallLimitMiddleware(run_limit=2)])
if __name__ == "__main__":
    raised, result = outcome(lambda: agent.invoke({"messages": [("user", "go")]}))
    print(json.dumps({"raised": raised, "calls": sum(bool(getattr(m, "tool_calls", None)) for m in result["messages"])}))
