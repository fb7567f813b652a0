"""Two steps that run at once may not both overwrite a field that has a reducer.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.types import Overwrite


class Board(TypedDict):
    lines: Annotated[list[str], operator.add]


def red(board: Board):
    return {"lines": Overwrite(["red"])}


def blue(board: Board):
    return {"lines": Overwrite(["blue"])}


builder = StateGraph(Board)
builder.add_node("red", red)
builder.add_node("blue", blue)
for name in ("red", "blue"):
    builder.add_edge(START, name)
    builder.add_edge(name, END)
graph = builder.compile()
if __name__ == "__main__":
    try:
        graph.invoke({"lines": []})
        failed = ""
    except Exception as error:
        failed = type(error).__name__
    print(json.dumps({"failed": failed}))
