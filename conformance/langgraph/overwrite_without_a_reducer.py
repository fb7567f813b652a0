"""`Overwrite` on a field that has no reducer is stored as it is: readers find the wrapper, not the value.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.types import Overwrite


class Board(TypedDict):
    title: str


def name(board: Board):
    return {"title": Overwrite("plan")}


builder = StateGraph(Board)
builder.add_node("name", name)
builder.add_edge(START, "name")
builder.add_edge("name", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"title": type(graph.invoke({"title": "old"})["title"]).__name__}))
