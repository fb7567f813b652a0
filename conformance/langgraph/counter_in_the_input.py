"""A value that the framework keeps itself may be part of the state, and not of a schema for the input.

langgraph 1.2.24: `RemainingSteps`, `IsLastStep`.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.managed import RemainingSteps


class Walk(TypedDict):
    place: str
    left: RemainingSteps


class Asked(TypedDict):
    place: str
    left: RemainingSteps


def go(walk: Walk):
    return {"place": walk["place"] + "!"}


fine = StateGraph(Walk)
fine.add_node("go", go)
fine.add_edge(START, "go")
fine.add_edge("go", END)
fine.compile()
try:
    builder = StateGraph(Walk, input_schema=Asked)
    builder.add_node("go", go)
    builder.add_edge(START, "go")
    builder.add_edge("go", END)
    graph = builder.compile()
    refused = ""
except ValueError as error:
    refused = str(error).partition(":")[0]
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
