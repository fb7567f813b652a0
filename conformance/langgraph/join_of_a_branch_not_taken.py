"""A join over a list of steps never runs where a router leaves one of them out, and nothing is said.

langgraph 1.2.24.
"""

import json, operator
from typing import Annotated, TypedDict
from langgraph.graph import END, START, StateGraph


class Chat(TypedDict):
    ran: Annotated[list[str], operator.add]


def begin(chat: Chat):
    return {"ran": ["begin"]}


def left(chat: Chat):
    return {"ran": ["left"]}


def right(chat: Chat):
    return {"ran": ["right"]}


def both(chat: Chat):
    return {"ran": ["both"]}


def pick(chat: Chat):
    return "left" if len(chat["ran"]) < 5 else "right"


builder = StateGraph(Chat)
for step in (begin, left, right, both):
    builder.add_node(step.__name__, step)
builder.add_edge(START, "begin")
builder.add_conditional_edges("begin", pick, {"left": "left", "right": "right"})
builder.add_edge(["left", "right"], "both")
builder.add_edge("both", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"ran": graph.invoke({"ran": []})["ran"]}))
