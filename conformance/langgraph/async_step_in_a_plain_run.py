"""A graph with a step that is async cannot be run by a plain call.

langgraph 1.2.24.
"""

import json

from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict


class State(TypedDict):
    note: str


async def write(state: State):
    return {"note": "x"}


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
