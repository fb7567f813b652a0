"""What a run goes on with after a pause is not quite what it stopped with: tuples are lists, failures texts, private attributes gone.

langgraph 1.2.24.
"""

import json
from typing import Any, TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel, PrivateAttr


class Card(BaseModel):
    name: str
    _uses: int = PrivateAttr(default=0)


class Desk(TypedDict, total=False):
    held: Any
    seen: str


def take(desk: Desk):
    card = Card(name="x")
    card._uses = 7
    return {"held": {"pair": (1, 2), "failure": ValueError("no"), "card": card}}


def look(desk: Desk):
    held = desk["held"]
    return {"seen": [type(held["pair"]).__name__, type(held["failure"]).__name__, held["card"]._uses]}


builder = StateGraph(Desk)
builder.add_node("take", take)
builder.add_node("look", look)
builder.add_edge(START, "take")
builder.add_edge("take", "look")
builder.add_edge("look", END)
straight = builder.compile(checkpointer=InMemorySaver())
paused = builder.compile(checkpointer=InMemorySaver(), interrupt_before=["look"])

if __name__ == "__main__":
    thread = {"configurable": {"thread_id": "1"}}
    first = straight.invoke({}, thread)["seen"]
    paused.invoke({}, thread)
    print(json.dumps({"straight": first, "paused": paused.invoke(None, thread)["seen"]}))
