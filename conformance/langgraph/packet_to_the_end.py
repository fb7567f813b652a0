"""A router cannot send a payload to the end: the run fails.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.types import Send


class Batch(TypedDict):
    rows: list[int]
    sums: Annotated[list[int], operator.add]


def load(batch: Batch):
    return {"rows": batch["rows"]}


def spread(batch: Batch):
    if not batch["rows"]:
        return [Send(END, {})]
    return [Send("double", {"row": row}) for row in batch["rows"]]


def double(work):
    return {"sums": [work["row"] * 2]}


builder = StateGraph(Batch)
builder.add_node("load", load)
builder.add_node("double", double)
builder.add_edge(START, "load")
builder.add_conditional_edges("load", spread)
builder.add_edge("double", END)
graph = builder.compile()
if __name__ == "__main__":
    try:
        graph.invoke({"rows": []})
        failed = ""
    except Exception as error:
        failed = str(error)
    print(json.dumps({"sums": graph.invoke({"rows": [1, 2]})["sums"], "failed": failed}))
