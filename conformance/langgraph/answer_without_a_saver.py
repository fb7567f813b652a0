"""A run cannot be gone on with by an answer where the graph keeps nothing.

langgraph 1.2.24.
"""

import json

from langgraph.graph import END, START, StateGraph
from langgraph.types import Command
from typing_extensions import TypedDict


class State(TypedDict):
    note: str


def write(state: State):
    return {"note": "x"}


builder = StateGraph(State)
builder.add_node("write", write)
builder.add_edge(START, "write")
builder.add_edge("write", END)
graph = builder.compile()

if __name__ == "__main__":
    raised = ""
    try:
        graph.invoke(Command(resume="yes"), {"configurable": {"thread_id": "1"}})
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
