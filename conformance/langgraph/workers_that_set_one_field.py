"""Workers that run at once may not all set one field without a reducer.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated

from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from langgraph.types import Send


class State(TypedDict):
    names: list[str]
    note: str


class Job(TypedDict):
    name: str


def begin(state: State):
    return {"names": ["a", "b"]}


def spread(state: State):
    return [Send("work", {"name": name}) for name in state["names"]]


def work(state: Job):
    return {"note": state["name"]}


builder = StateGraph(State)
builder.add_node("begin", begin)
builder.add_node("work", work)
builder.add_edge(START, "begin")
builder.add_conditional_edges("begin", spread, ["work"])
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: graph.invoke({"names": []}))[0]}))
