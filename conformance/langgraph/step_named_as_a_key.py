"""A step may be named like a key of the state.

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

class State(TypedDict):
    plan: str


def make(state: State):
    return {"plan": "tea"}


def build():
    builder = StateGraph(State)
    builder.add_node("plan", make)
    builder.add_edge(START, "plan")
    return builder.compile()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
