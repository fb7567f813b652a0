"""A run that is to pause before a step which the graph does not have pauses nowhere, and nothing is said.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph


class Letter(TypedDict):
    draft: str
    sent: str


def write(state: Letter):
    return {"draft": "Dear Ann"}


def send(state: Letter):
    return {"sent": state["draft"]}


builder = StateGraph(Letter)
builder.add_node("write", write)
builder.add_node("send", send)
builder.add_edge(START, "write")
builder.add_edge("write", "send")
builder.add_edge("send", END)
graph = builder.compile(checkpointer=InMemorySaver())
thread = {"configurable": {"thread_id": "1"}}
if __name__ == "__main__":
    print(json.dumps(graph.invoke({"draft": ""}, thread, interrupt_before=["sender"])))
