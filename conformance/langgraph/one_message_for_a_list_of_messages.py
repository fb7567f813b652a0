"""`add_messages` takes one message by itself, a pair, or a dict, and makes messages of them.

langgraph 1.2.24.
"""

import json
from typing import Annotated, TypedDict

from langchain_core.messages import AIMessage
from langgraph.graph import END, START, StateGraph
from langgraph.graph.message import add_messages


class Desk(TypedDict):
    messages: Annotated[list, add_messages]
    last: str


def reply(state: Desk):
    return {"messages": AIMessage(content="one")}


def sign(state: Desk):
    return {"messages": ("ai", "two")}


def close(state: Desk):
    return {"last": state["messages"][-1].content}


builder = StateGraph(Desk)
builder.add_sequence([reply, sign, close])
builder.add_edge(START, "reply")
builder.add_edge("close", END)
graph = builder.compile()
if __name__ == "__main__":
    result = graph.invoke({"messages": "hello"})
    print(json.dumps({"said": [each.content for each in result["messages"]], "last": result["last"]}))
