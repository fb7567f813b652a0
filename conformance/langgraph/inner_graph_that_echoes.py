"""A nested graph hands back all of a list that it merges itself: what it was given is there twice.

langgraph 1.2.24.
"""

import json, operator
from typing import Annotated, TypedDict
from langgraph.graph import START, StateGraph


class Chat(TypedDict):
    ran: Annotated[list[str], operator.add]


def begin(s: Chat):
    return {"ran": ["begin"]}


def work(s: Chat):
    return {"ran": ["work"]}


inner = StateGraph(Chat)
inner.add_node("work", work)
inner.add_edge(START, "work")
builder = StateGraph(Chat)
builder.add_node("begin", begin)
builder.add_node("inner", inner.compile())
builder.add_edge(START, "begin")
builder.add_edge("begin", "inner")
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"ran": graph.invoke({"ran": []})["ran"]}))
