"""A step that returns a sum with one added has all of it added to what is there.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph


class State(TypedDict):
    tries: Annotated[int, operator.add]


def fetch(state: State):
    return {"tries": state["tries"] + 1}


def again(state: State):
    return END if state["tries"] >= 7 else "fetch"


builder = StateGraph(State).add_node("fetch", fetch).add_edge(START, "fetch")
graph = builder.add_conditional_edges("fetch", again, ["fetch", END]).compile()

if __name__ == "__main__":
    print(json.dumps({"tries": [each["tries"] for each in graph.stream({"tries": 0}, stream_mode="values")]}))
