"""A step may yield its update instead of returning it.

langgraph 1.2.24.
"""

import json

from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict


class State(TypedDict):
    note: str


def write(state: State):
    yield {"note": "x"}


builder = StateGraph(State)
builder.add_node("write", write)
builder.add_edge(START, "write")
builder.add_edge("write", END)
graph = builder.compile()

if __name__ == "__main__":
    raised, note = "", None
    try:
        note = graph.invoke({"note": ""})["note"]
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised, "note": note}))
