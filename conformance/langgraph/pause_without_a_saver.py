"""A step that pauses in a graph that keeps nothing ends the run, which cannot go on.

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

from langgraph.types import interrupt


class State(TypedDict):
    note: str


def ask(state: State):
    return {"note": interrupt("sure?")}


builder = StateGraph(State)
builder.add_node("ask", ask)
builder.add_edge(START, "ask")
graph = builder.compile()
if __name__ == "__main__":
    raised, result = outcome(lambda: graph.invoke({"note": ""}))
    print(json.dumps({"raised": raised, "asked": "__interrupt__" in (result or {})}))
