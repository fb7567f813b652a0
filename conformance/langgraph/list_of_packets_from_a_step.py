"""A step may return one `Send`, and no list of them: that is taken for an update.

langgraph 1.2.24: in a list they have to be the goto of a `Command`.
"""

import json
import operator
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.types import Send


class Batch(TypedDict):
    sums: Annotated[list[int], operator.add]


def spread(batch: Batch):
    return [Send("double", {"row": 1}), Send("double", {"row": 2})]


def double(work):
    return {"sums": [work["row"] * 2]}


builder = StateGraph(Batch)
builder.add_node("spread", spread)
builder.add_node("double", double)
builder.add_edge(START, "spread")
builder.add_edge("double", END)
graph = builder.compile()
if __name__ == "__main__":
    try:
        graph.invoke({"sums": []})
        failed = ""
    except Exception as error:
        failed = type(error).__name__
    print(json.dumps({"failed": failed}))
