"""A goto to several steps runs them at once, and each of them once.

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
    notes: Annotated[list[str], operator.add]


def begin(state: State) -> Command:
    return Command(goto=["left", "right"])


def left(state: State):
    ran.append("left")
    return {"notes": ["left"]}


def right(state: State):
    ran.append("right")
    return {"notes": ["right"]}


builder = StateGraph(State)
builder.add_node("begin", begin, destinations=("left", "right"))
builder.add_node("left", left)
builder.add_node("right", right)
builder.add_edge(START, "begin")
graph = builder.compile()
if __name__ == "__main__":
    graph.invoke({"notes": []})
    print(json.dumps({"ran": sorted(ran)}))
