"""Two routers without a name after one step are refused, whatever their code.

langgraph 1.2.24: the name of a lambda, a partial or a callable object is None.
"""

import json
from functools import partial
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Parcel(TypedDict):
    weight: int


def weigh(parcel: Parcel):
    return {"weight": parcel["weight"] + 1}


def load(parcel: Parcel):
    return {}


def by_weight(parcel: Parcel, limit: int):
    return "load" if parcel["weight"] > limit else END


builder = StateGraph(Parcel)
builder.add_node("weigh", weigh)
builder.add_node("load", load)
builder.add_edge(START, "weigh")
builder.add_conditional_edges("weigh", partial(by_weight, limit=3), ["load", END])
try:
    builder.add_conditional_edges("weigh", lambda parcel: "load" if parcel["weight"] else END, ["load", END])
    refused = ""
except ValueError as error:
    refused = str(error)
builder.add_edge("load", END)
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
