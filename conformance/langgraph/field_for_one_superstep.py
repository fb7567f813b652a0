"""A field of an `EphemeralValue` is there in the next superstep only.

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


from langgraph.channels import EphemeralValue


class State(TypedDict):
    topic: str
    hint: Annotated[str, EphemeralValue]
    text: str


def plan(state: State):
    return {"hint": "short"}


def draft(state: State):
    return {"text": f"{state['topic']} {state['hint']}"}


def polish(state: State):
    return {"text": state["text"] + state["hint"]}


builder = StateGraph(State)
builder.add_sequence([plan, draft, polish])
builder.add_edge(START, "plan")
graph = builder.compile()

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: graph.invoke({"topic": "tea"}))[0]}))
