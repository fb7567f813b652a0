"""An overwrite drops what other steps add to the field at the same time.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.types import Overwrite


class Board(TypedDict):
    lines: Annotated[list[str], operator.add]


def clean(board: Board):
    return {"lines": Overwrite(["clean"])}


def draw(board: Board):
    return {"lines": ["a circle"]}


builder = StateGraph(Board)
builder.add_node("clean", clean)
builder.add_node("draw", draw)
for name in ("clean", "draw"):
    builder.add_edge(START, name)
    builder.add_edge(name, END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps(graph.invoke({"lines": ["old"]})))
