"""A run that nobody limits has so many supersteps: 10,007 with the newest release, 25 before 1.0.6.

langgraph 1.2.24, and 0.6.11. A run that goes so far takes long, so that a step says what is left to it.
"""

import json
from typing import TypedDict

from langgraph.errors import GraphRecursionError
from langgraph.graph import START, StateGraph
from langgraph.managed import RemainingSteps


class Count(TypedDict):
    rounds: int
    left: RemainingSteps


steps = []


def turn(count: Count):
    return {"rounds": count["rounds"] + 1}


def spin(count: Count):
    steps.append(count["left"])
    if len(steps) == 3:
        raise ValueError("enough")
    return {"rounds": count["rounds"]}


builder = StateGraph(Count)
builder.add_node("turn", turn)
builder.add_node("spin", spin)
builder.add_edge(START, "turn")
builder.add_edge("turn", "spin")
builder.add_edge("spin", "turn")
graph = builder.compile()


def main():
    try:
        graph.invoke({"rounds": 0})
    except (GraphRecursionError, ValueError) as error:
        return {"ended": type(error).__name__, "left": steps}


if __name__ == "__main__":
    print(json.dumps(main()))
