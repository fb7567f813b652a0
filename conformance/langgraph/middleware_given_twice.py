"""An agent takes one piece of middleware of a name: two of one class are refused.

langgraph 1.2.24 with langchain 1.5.2.
"""

import json

from langchain.agents import create_agent
from langchain.agents.middleware import ModelCallLimitMiddleware
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage


class Scripted(GenericFakeChatModel):
    def bind_tools(self, tools, **kwargs):
        return self


def build():
    return create_agent(
        Scripted(messages=iter([AIMessage("done")])),
        tools=[],
        middleware=[ModelCallLimitMiddleware(run_limit=1), ModelCallLimitMiddleware(thread_limit=9)],
    )


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except AssertionError as error:
        refused = str(error)
    print(json.dumps({"refused": refused}))
