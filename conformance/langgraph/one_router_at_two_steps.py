"""A router may be attached to two steps, and two named routers to one step.

langgraph 1.2.24: names have to differ within one step only.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Parcel(TypedDict):
    weight: int
    seen: str


def weigh(parcel: Parcel):
    return {"weight": parcel["weight"] + 1}


def load(parcel: Parcel):
    return {"seen": "load"}


def heavy(parcel: Parcel):
    return "load" if parcel["weight"] > 3 else END


def light(parcel: Parcel):
    return END


builder = StateGraph(Parcel)
builder.add_node("weigh", weigh)
builder.add_node("load", load)
builder.add_edge(START, "weigh")
builder.add_conditional_edges("weigh", heavy, ["load", END])
builder.add_conditional_edges("weigh", light, [END])
builder.add_conditional_edges("load", light, [END])
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"result": graph.invoke({"weight": 4, "seen": ""})}))
