"""A field of a `Topic` holds what the steps of the superstep before sent, and forgets it then.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None


from langgraph.channels import Topic


class State(TypedDict):
    topic: str
    mail: Annotated[list[str], Topic(str)]
    seen: Annotated[list[str], operator.add]


def left(state: State):
    return {"mail": "l"}


def right(state: State):
    return {"mail": "r"}


def read(state: State):
    return {"seen": [*sorted(state["mail"]), "."]}


def again(state: State):
    return {"seen": [*state["mail"], "!"]}


builder = StateGraph(State)
for step in (left, right, read, again):
    builder.add_node(step)
builder.add_edge(START, "left")
builder.add_edge(START, "right")
builder.add_edge(["left", "right"], "read")
builder.add_edge("read", "again")
graph = builder.compile()

if __name__ == "__main__":
    e, state = outcome(lambda: graph.invoke({"topic": "tea "}))
    print(json.dumps({"raised": e, "seen": state and state["seen"]}))
