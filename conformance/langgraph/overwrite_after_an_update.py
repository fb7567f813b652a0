"""An overwrite in a later superstep replaces what was there.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.types import Overwrite


class Board(TypedDict):
    lines: Annotated[list[str], operator.add]


def draw(board: Board):
    return {"lines": ["a circle"]}


def clean(board: Board):
    return {"lines": Overwrite(["clean"])}


builder = StateGraph(Board)
builder.add_node("draw", draw)
builder.add_node("clean", clean)
builder.add_edge(START, "draw")
builder.add_edge("draw", "clean")
builder.add_edge("clean", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps(graph.invoke({"lines": ["old"]})))
