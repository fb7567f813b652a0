"""Only the last item of `Annotated` merges a field: a reducer before a text or a `Field` is left out in silence.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph


class Trip(TypedDict):
    towns: Annotated[list[str], "where to stop", operator.add]
    notes: Annotated[list[str], operator.add, "what to know"]


def first(trip: Trip):
    return {"towns": ["Bern"], "notes": ["rain"]}


def second(trip: Trip):
    return {"towns": ["Rome"], "notes": ["sun"]}


builder = StateGraph(Trip)
builder.add_node("first", first)
builder.add_node("second", second)
builder.add_edge(START, "first")
builder.add_edge("first", "second")
builder.add_edge("second", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps(graph.invoke({"towns": [], "notes": []})))
