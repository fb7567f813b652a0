"""A time limit on a step that is not async is refused when the graph is compiled.

langgraph 1.2.24: plain code cannot be stopped in its process.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Order(TypedDict):
    text: str


def read(order: Order):
    return {"text": order["text"].strip()}


async def send(order: Order):
    return {"text": order["text"] + "!"}


fine = StateGraph(Order)
fine.add_node("send", send, timeout=5)
fine.add_edge(START, "send")
fine.add_edge("send", END)
fine.compile()
builder = StateGraph(Order)
builder.add_node("read", read, timeout=5)
builder.add_edge(START, "read")
builder.add_edge("read", END)
try:
    graph = builder.compile()
    refused = ""
except ValueError as error:
    refused = type(error).__name__
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
