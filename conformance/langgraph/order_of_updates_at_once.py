"""What steps that run at once add to one list stands there by the names of the steps, not by their edges or by who is done first.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated

from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict


class Report(TypedDict):
    parts: Annotated[list[str], operator.add]


def opening(report: Report):
    return {"parts": ["opening"]}


def middle(report: Report):
    return {"parts": ["middle"]}


def closing(report: Report):
    return {"parts": ["closing"]}


builder = StateGraph(Report)
builder.add_node("opening", opening)
builder.add_node("middle", middle)
builder.add_node("closing", closing)
builder.add_edge(START, "opening")
builder.add_edge(START, "middle")
builder.add_edge(START, "closing")
builder.add_edge("opening", END)
builder.add_edge("middle", END)
builder.add_edge("closing", END)
graph = builder.compile()

if __name__ == "__main__":
    print(json.dumps({"parts": graph.invoke({"parts": []})["parts"]}))
