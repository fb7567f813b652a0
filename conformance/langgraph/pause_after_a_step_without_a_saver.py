"""A graph that is to pause before a step and keeps nothing ends there, and no error is raised.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated

from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

ran = []


class State(TypedDict):
    note: str


def ask(state: State):
    ran.append("ask")


def work(state: State):
    ran.append("work")


builder = StateGraph(State)
builder.add_node("ask", ask)
builder.add_node("work", work)
builder.add_edge(START, "ask")
builder.add_edge("ask", "work")
graph = builder.compile(interrupt_before=["work"])
if __name__ == "__main__":
    raised, result = outcome(lambda: graph.invoke({"note": ""}))
    print(json.dumps({"raised": raised, "ran": ran}))
