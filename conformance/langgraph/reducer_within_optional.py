"""A reducer within `Optional` does not merge: the field keeps the last value only.

langgraph 1.2.24: `NotRequired` is looked through, `Optional` is not.
"""

import json
import operator
from typing import Annotated, NotRequired, Optional, TypedDict

from langgraph.graph import END, START, StateGraph


class Trip(TypedDict):
    towns: NotRequired[Annotated[list[str], operator.add]]
    notes: Optional[Annotated[list[str], operator.add]]


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
    print(json.dumps(graph.invoke({"notes": []})))
