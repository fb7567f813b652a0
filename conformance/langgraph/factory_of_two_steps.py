"""A factory that is given the code of a step makes another graph of each: only one of them fails.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import START, StateGraph


class State(TypedDict):
    text: str


def plan(state: State):
    return {"text": "planned"}


def plan_as_list(state: State):
    return ["planned"]


def make(step):
    builder = StateGraph(State)
    builder.add_node("plan", step)
    builder.add_edge(START, "plan")
    return builder.compile()


def outcome(graph):
    try:
        graph.invoke({"text": "x"})
    except Exception as error:
        return type(error).__name__
    return ""


if __name__ == "__main__":
    print(json.dumps({"raised": [outcome(make(step)) for step in (plan, plan_as_list)]}))
