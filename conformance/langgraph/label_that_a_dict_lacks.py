"""A dict that is looked into by a value of a closed type fails where it lacks one of the values.

langgraph 1.2.24.
"""

import json
from typing import Literal, TypedDict

from langgraph.graph import END, START, StateGraph


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None


class State(TypedDict):
    kind: Literal["bill", "order", "other"]
    desk: str


DESKS = {"bill": "accounts", "order": "sales"}


def assign(state: State):
    return {"desk": DESKS[state["kind"]]}


def greet(state: State):
    return {"desk": state["desk"].title()}


builder = StateGraph(State)
builder.add_sequence([assign, greet])
builder.add_edge(START, "assign")
graph = builder.compile()

if __name__ == "__main__":
    known, state = outcome(lambda: graph.invoke({"kind": "bill"}))
    print(json.dumps({"known": state and state["desk"], "other": outcome(lambda: graph.invoke({"kind": "other"}))[0]}))
