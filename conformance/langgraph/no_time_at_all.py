"""A time limit of a step is more than nothing.

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

class State(TypedDict):
    note: str


async def work(state: State):
    return {"note": "done"}


def build():
    builder = StateGraph(State)
    builder.add_node("work", work, timeout=0)
    builder.add_edge(START, "work")
    return builder.compile()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
