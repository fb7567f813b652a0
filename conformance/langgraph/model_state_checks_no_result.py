"""A state that is a model is checked when a step gets it, not when one returns: the last step may leave anything.

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


from pydantic import BaseModel


class State(BaseModel):
    topic: str
    pages: int = 0


def first(state: State):
    return {"topic": "tea"}


def last(state: State):
    return {"pages": "many"}


builder = StateGraph(State)
builder.add_sequence([first, last])
builder.add_edge(START, "first")
graph = builder.compile()

if __name__ == "__main__":
    e, state = outcome(lambda: graph.invoke({"topic": "x"}))
    print(json.dumps({"raised": e, "pages": state and state["pages"]}))
