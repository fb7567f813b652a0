"""A field of a `DeltaChannel`, or of a `BinaryOperatorAggregate`, begins empty and takes what steps write at once.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated, TypedDict

from langgraph.channels import BinaryOperatorAggregate, DeltaChannel
from langgraph.graph import START, StateGraph
from langgraph.types import Overwrite


def merge(notes, batch):
    return [*notes, *(note for written in batch for note in written)]


class State(TypedDict):
    topic: str
    notes: Annotated[list, DeltaChannel(merge)]
    marks: Annotated[list, BinaryOperatorAggregate(list, operator.add)]


def begin(state: State):
    return {"topic": f"{state['topic']} {len(state['notes'])} {len(state['marks'])}"}


def left(state: State):
    return {"notes": ["left"], "marks": [1]}


def right(state: State):
    return {"notes": ["right"], "marks": [2]}


def last(state: State):
    return {"topic": f"{state['topic']} {state['notes']} {state['marks']}", "notes": Overwrite(["end"])}


builder = StateGraph(State)
for step in (begin, left, right, last):
    builder.add_node(step)
builder.add_edge(START, "begin")
builder.add_edge("begin", "left")
builder.add_edge("begin", "right")
builder.add_edge(["left", "right"], "last")
graph = builder.compile()

if __name__ == "__main__":
    done = graph.invoke({"topic": "tea"})
    print(json.dumps({"topic": done["topic"], "notes": done["notes"]}))
