"""A state cannot be updated as if by a step that the graph does not have.

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
graph = builder.compile(checkpointer=InMemorySaver(), interrupt_before=["send"])
thread = {"configurable": {"thread_id": "1"}}
if __name__ == "__main__":
    graph.invoke({"draft": ""}, thread)
    try:
        graph.update_state(thread, {"draft": "Dear Bob"}, as_node="writer")
        raised = ""
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
