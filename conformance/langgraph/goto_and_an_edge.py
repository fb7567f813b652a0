"""A goto is followed beside the edges of its step: both targets run.

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

from langgraph.types import Command

ran = []


class State(TypedDict):
    note: str


def begin(state: State) -> Command:
    return Command(goto="left")


def left(state: State):
    ran.append("left")


def right(state: State):
    ran.append("right")


builder = StateGraph(State)
builder.add_node("begin", begin, destinations=("left",))
builder.add_node("left", left)
builder.add_node("right", right)
builder.add_edge(START, "begin")
builder.add_edge("begin", "right")
graph = builder.compile()
if __name__ == "__main__":
    graph.invoke({"note": ""})
    print(json.dumps({"ran": sorted(ran)}))
