"""A graph pauses before the step that it is told to pause before.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph


class Letter(TypedDict):
    text: str


def write(letter: Letter):
    return {"text": "Dear all"}


def send(letter: Letter):
    return {"text": letter["text"] + ", sent"}


builder = StateGraph(Letter)
builder.add_node("write", write)
builder.add_node("send", send)
builder.add_edge(START, "write")
builder.add_edge("write", "send")
builder.add_edge("send", END)
graph = builder.compile(InMemorySaver(), interrupt_before=["send"])
if __name__ == "__main__":
    here = {"configurable": {"thread_id": "1"}}
    graph.invoke({"text": ""}, here)
    print(json.dumps({"next": list(graph.get_state(here).next)}))
