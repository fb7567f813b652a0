"""A part of a part that no step writes fails the step that reads it, however deep it is.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None


class State(TypedDict):
    name: str
    customer: dict
    text: str


def load(state: State):
    return {"customer": {"name": state["name"], "address": {"town": "Bern", "street": "Kramgasse"}}}


def write(state: State):
    return {"text": f"{state['customer']['name']}, {state['customer']['address']['city']}"}


builder = StateGraph(State)
builder.add_sequence([load, write])
builder.add_edge(START, "load")
graph = builder.compile()

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: graph.invoke({"name": "Ada"}))[0]}))
