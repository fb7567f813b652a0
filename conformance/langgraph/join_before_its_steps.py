"""A join over a list of steps is refused before all of them are added; a plain edge is not.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Trip(TypedDict):
    city: str


def hotel(trip: Trip):
    return {}


def train(trip: Trip):
    return {}


def bill(trip: Trip):
    return {}


builder = StateGraph(Trip)
builder.add_edge(START, "hotel")
builder.add_edge(START, "train")
builder.add_node("hotel", hotel)
builder.add_node("bill", bill)
try:
    builder.add_edge(["hotel", "train"], "bill")
    refused = ""
except ValueError as error:
    refused = str(error)
builder.add_node("train", train)
builder.add_edge("bill", END)
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
