"""A step that returns a `Send` starts its worker; no edge is needed.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None


from langgraph.types import Send


class State(TypedDict):
    out: Annotated[list[str], operator.add]


def plan(state: State):
    return Send("work", {"topic": "tea"})


def work(state):
    return {"out": [state["topic"]]}


builder = StateGraph(State)
builder.add_node("plan", plan)
builder.add_node("work", work)
builder.add_edge(START, "plan")
graph = builder.compile()

if __name__ == "__main__":
    print(json.dumps({"out": graph.invoke({"out": []})["out"]}))
