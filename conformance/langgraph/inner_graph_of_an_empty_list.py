"""A nested graph that begins the run hands back only what its own steps wrote.

langgraph 1.2.24.
"""

import json, operator
from typing import Annotated, TypedDict
from langgraph.graph import START, StateGraph


class Chat(TypedDict):
    ran: Annotated[list[str], operator.add]


def work(s: Chat):
    return {"ran": ["work"]}


def last(s: Chat):
    return {"ran": ["last"]}


inner = StateGraph(Chat)
inner.add_node("work", work)
inner.add_edge(START, "work")
builder = StateGraph(Chat)
builder.add_node("inner", inner.compile())
builder.add_node("last", last)
builder.add_edge(START, "inner")
builder.add_edge("inner", "last")
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"ran": graph.invoke({})["ran"]}))
