"""A step that pauses twice does what stands between its pauses once more when the second answer is there.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

import requests
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt

sent = []


class Order(TypedDict):
    item: str
    state: str


def place(state: Order):
    if interrupt("order?") != "yes":
        return {"state": "dropped"}
    requests.post("https://shop.example/orders", json={"item": state["item"]}, timeout=5)
    note = interrupt("a note?")
    return {"state": note}


builder = StateGraph(Order)
builder.add_node("place", place)
builder.add_edge(START, "place")
builder.add_edge("place", END)
graph = builder.compile(checkpointer=InMemorySaver())
thread = {"configurable": {"thread_id": "1"}}
if __name__ == "__main__":
    requests.post = lambda *given, **named: sent.append(named["json"]["item"])
    graph.invoke({"item": "tea"}, thread)
    graph.invoke(Command(resume="yes"), thread)
    result = graph.invoke(Command(resume="no sugar"), thread)
    print(json.dumps({"state": result["state"], "sent": sent}))
