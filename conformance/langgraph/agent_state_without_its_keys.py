"""A state of one's own for a ready-made agent needs the fields that the agent uses.

langgraph 1.2.24: `messages` and `remaining_steps`.
"""

import json
from typing import Annotated, TypedDict

from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langgraph.graph.message import add_messages
from langgraph.prebuilt import create_react_agent


class Talk(TypedDict):
    messages: Annotated[list, add_messages]
    user: str


model = FakeListChatModel(responses=["hello"])
try:
    agent = create_react_agent(model, tools=[], state_schema=Talk)
    refused = ""
except ValueError as error:
    refused = str(error)
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
