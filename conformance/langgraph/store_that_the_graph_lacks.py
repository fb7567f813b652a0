"""A step that uses the store fails where the graph is compiled without one.

langgraph 1.2.24.
"""

import json

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from typing_extensions import TypedDict


class State(TypedDict):
    note: str


def write(state: State, runtime: Runtime):
    runtime.store.put(("notes",), "1", {"text": state["note"]})
    return {"note": "kept"}


builder = StateGraph(State)
builder.add_node("write", write)
builder.add_edge(START, "write")
builder.add_edge("write", END)
graph = builder.compile()

if __name__ == "__main__":
    raised = ""
    try:
        graph.invoke({"note": ""})
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
