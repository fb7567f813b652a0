"""The state of a graph that keeps nothing cannot be asked for.

langgraph 1.2.24.
"""

import json

from langgraph.graph import END, START, StateGraph
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
    thread = {"configurable": {"thread_id": "1"}}
    graph.invoke({"note": ""}, thread)
    raised = ""
    try:
        graph.get_state(thread)
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
