"""The update of a goto may be a list of pairs.

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


from langgraph.types import Command


class State(TypedDict):
    topic: str
    note: str


def plan(state: State):
    return Command(goto="write", update=[("note", "short")])


def write(state: State):
    return {"topic": state["topic"] + state["note"]}


builder = StateGraph(State)
builder.add_node("plan", plan, destinations=("write",))
builder.add_node("write", write)
builder.add_edge(START, "plan")
graph = builder.compile()

if __name__ == "__main__":
    e, state = outcome(lambda: graph.invoke({"topic": "tea "}))
    print(json.dumps({"raised": e, "topic": state and state["topic"]}))
