"""A tool is tried again no times or more.

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

from langchain.agents.middleware import ToolRetryMiddleware


def build():
    model = Model(messages=iter([AIMessage("done")]))
    return create_agent(model, tools=[], middleware=[ToolRetryMiddleware(max_retries=-1)])


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
