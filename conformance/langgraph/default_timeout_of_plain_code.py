"""A time limit for all steps is refused when one of them is not async, and so is one of a task.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Order(TypedDict):
    text: str


def read(order: Order):
    return {"text": order["text"].strip()}


builder = StateGraph(Order)
builder.set_node_defaults(timeout=5)
builder.add_node("read", read)
builder.add_edge(START, "read")
builder.add_edge("read", END)
try:
    graph = builder.compile()
    refused = ""
except ValueError as error:
    refused = str(error).partition(" because")[0]
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
