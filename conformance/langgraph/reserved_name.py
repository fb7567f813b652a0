"""Some names with two underscores are the framework's own: no step has them.

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
    note: str


def work(state: State):
    return {"note": "done"}


def build():
    builder = StateGraph(State)
    builder.add_node("__interrupt__", work)
    builder.add_edge(START, "__interrupt__")
    return builder.compile()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
