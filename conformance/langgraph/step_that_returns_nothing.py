"""A step may return nothing: the run goes on.

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


def look(state: State):
    print("", end="")


def work(state: State):
    return {"note": "done"}


builder = StateGraph(State)
builder.add_node("look", look)
builder.add_node("work", work)
builder.add_edge(START, "look")
builder.add_edge("look", "work")
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"result": graph.invoke({"note": ""})}))
