"""A deferred step runs once, when nothing else is to be done.

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
builder.add_node("a", a)
builder.add_node("b", b)
builder.add_node("c", c)
builder.add_node("end", end, defer=True)
builder.add_edge(START, "a")
builder.add_edge(START, "b")
builder.add_edge("b", "c")
builder.add_edge("a", "end")
builder.add_edge("c", "end")
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"ran": graph.invoke({"ran": []})["ran"]}))
