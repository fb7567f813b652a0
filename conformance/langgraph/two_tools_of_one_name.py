"""Of two tools of one name an agent runs the last one, and nothing is said.

langgraph 1.2.24 with langchain 1.5.2.
"""

import json

from langchain.agents import create_agent

from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.tools import tool


class Scripted(GenericFakeChatModel):
    def bind_tools(self, tools, **kwargs):
        return self


def asks(name, **arguments):
    return AIMessage("", tool_calls=[{"name": name, "args": arguments, "id": "1"}])


@tool("look")
def look_here(place: str) -> str:
    """Looks here."""
    return "here"


@tool("look")
def look_there(place: str) -> str:
    """Looks there."""
    return "there"


scout = create_agent(
    Scripted(messages=iter([asks("look", place="x"), AIMessage("done")])), tools=[look_here, look_there]
)

if __name__ == "__main__":
    result = scout.invoke({"messages": [("user", "go")]})
    print(json.dumps({"tool": result["messages"][2].content}))
