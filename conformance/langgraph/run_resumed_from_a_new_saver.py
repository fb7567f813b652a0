"""A saver in memory keeps the runs that it was told of itself: one that is made anew holds none to go on with.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt

SHARED = InMemorySaver()
CONFIG = {"configurable": {"thread_id": "1"}}


class Order(TypedDict, total=False):
    wish: str
    answer: str


def ask(order: Order):
    return {"answer": interrupt(order["wish"])}


def built(saver):
    builder = StateGraph(Order)
    builder.add_node("ask", ask)
    builder.add_edge(START, "ask")
    builder.add_edge("ask", END)
    return builder.compile(checkpointer=saver)


def order(wish: str):
    return built(InMemorySaver()).invoke({"wish": wish}, CONFIG)


def answer(text: str):
    return built(InMemorySaver()).invoke(Command(resume=text), CONFIG)


if __name__ == "__main__":
    order("soup")
    try:
        answer("yes")
        found = True
    except KeyError:
        found = False
    built(SHARED).invoke({"wish": "soup"}, CONFIG)
    shared = built(SHARED).invoke(Command(resume="yes"), CONFIG).get("answer")
    print(json.dumps({"found": found, "shared": shared}))
