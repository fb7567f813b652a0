"""A graph that takes the memory of the graph around it may be run by the code of a step there.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, StateGraph


class Inner(TypedDict):
    bar: str


class State(TypedDict):
    foo: str


def work(state: Inner):
    return {"bar": state["bar"] + "!"}


wrapper = StateGraph(Inner).add_node("work", work).add_edge(START, "work").compile(checkpointer=True)


def call_inner(state: State):
    return {"foo": wrapper.invoke({"bar": state["foo"]})["bar"]}


graph = StateGraph(State).add_node("call", call_inner).add_edge(START, "call").compile(checkpointer=InMemorySaver())

if __name__ == "__main__":
    print(json.dumps(graph.invoke({"foo": "x"}, {"configurable": {"thread_id": "t"}})))
