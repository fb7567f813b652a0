"""A run that is given none of the keys of the state, or nothing at all, runs all the same.

langgraph 1.2.24.
"""

import json

from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict


class State(TypedDict, total=False):
    note: str


def write(state: State):
    return {"note": "x"}


builder = StateGraph(State)
builder.add_node("write", write)
builder.add_edge(START, "write")
builder.add_edge("write", END)
graph = builder.compile()

if __name__ == "__main__":
    raised = []
    for given in ({"text": "tea"}, {}):
        try:
            graph.invoke(given)
            raised.append("")
        except Exception as error:
            raised.append(type(error).__name__)
    print(json.dumps({"raised": raised}))
