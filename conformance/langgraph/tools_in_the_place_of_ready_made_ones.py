"""A tool that a deep agent is given takes the place of the one of the same name that it has by itself.

deepagents 0.7.32 with langchain 1.5.2.
"""

import json

from deepagents import create_deep_agent
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.tools import tool


class Scripted(GenericFakeChatModel):
    def bind_tools(self, tools, **kwargs):
        return self


@tool
def ls(path: str) -> str:
    """List what there is."""
    return f"the shelves of {path}"


called = AIMessage("", tool_calls=[{"name": "ls", "args": {"path": "books"}, "id": "1"}])
agent = create_deep_agent(model=Scripted(messages=iter([called, AIMessage("done")])), tools=[ls])

if __name__ == "__main__":
    ended = agent.invoke({"messages": [("user", "List them.")]})
    print(json.dumps({"answered": ended["messages"][2].text}))
