"""An approval says what a person may decide.

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

from langchain.agents.middleware import HumanInTheLoopMiddleware


def look(word: str) -> str:
    """Look."""
    return word


def build():
    model = Model(messages=iter([AIMessage("done")]))
    guard = HumanInTheLoopMiddleware(interrupt_on={"look": {"description": "sure?"}})
    return create_agent(model, tools=[look], middleware=[guard])


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
