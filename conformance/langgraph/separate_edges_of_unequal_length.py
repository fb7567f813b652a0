"""Edges of branches of unequal length into one step run it twice.

langgraph 1.2.24.
"""

import json, operator
from typing import Annotated, TypedDict
from langgraph.graph import START, StateGraph


class Chat(TypedDict):
    ran: Annotated[list[str], operator.add]


def a(s: Chat):
    return {"ran": ["a"]}


def b(s: Chat):
    return {"ran": ["b"]}


def c(s: Chat):
    return {"ran": ["c"]}


def end(s: Chat):
    return {"ran": ["end"]}


builder = StateGraph(Chat)
for step in (a, b, c, end):
    builder.add_node(step.__name__, step)
builder.add_edge(START, "a")
builder.add_edge(START, "b")
builder.add_edge("b", "c")
builder.add_edge("a", "end")
builder.add_edge("c", "end")
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"ran": graph.invoke({"ran": []})["ran"]}))
