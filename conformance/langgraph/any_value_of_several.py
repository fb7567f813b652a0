"""Steps that run at once may all set a field of an `AnyValue`.

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


from langgraph.channels import AnyValue


class State(TypedDict):
    topic: str
    language: Annotated[str, AnyValue]


def left(state: State):
    return {"language": "en"}


def right(state: State):
    return {"language": "en"}


def last(state: State):
    return {"topic": state["topic"] + state["language"]}


builder = StateGraph(State)
for step in (left, right, last):
    builder.add_node(step)
builder.add_edge(START, "left")
builder.add_edge(START, "right")
builder.add_edge(["left", "right"], "last")
graph = builder.compile()

if __name__ == "__main__":
    e, state = outcome(lambda: graph.invoke({"topic": "tea "}))
    print(json.dumps({"raised": e, "topic": state and state["topic"]}))
