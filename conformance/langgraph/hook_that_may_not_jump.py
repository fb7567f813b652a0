"""A hook that jumps is not heeded unless it says where it may jump to: the model is asked all the same.

langgraph 1.2.24 with langchain 1.5.2.
"""

import json

from langchain.agents import create_agent
from langchain.agents.middleware import before_model
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage


class Scripted(GenericFakeChatModel):
    def bind_tools(self, tools, **kwargs):
        return self


@before_model
def stop(state, runtime):
    return {"jump_to": "end"}


@before_model(can_jump_to=["end"])
def halt(state, runtime):
    return {"jump_to": "end"}


deaf = create_agent(Scripted(messages=iter([AIMessage("asked")])), tools=[], middleware=[stop])
heeded = create_agent(Scripted(messages=iter([AIMessage("asked")])), tools=[], middleware=[halt])

if __name__ == "__main__":
    said = [agent.invoke({"messages": [("user", "go")]})["messages"][-1].content for agent in (deaf, heeded)]
    print(json.dumps({"said": said}))
