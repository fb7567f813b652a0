"""A step that fails ends the run; what another one returned at the same time is kept where the graph keeps its state.

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

from langgraph.checkpoint.memory import InMemorySaver


class State(TypedDict):
    notes: Annotated[list[str], operator.add]


def begin(state: State):
    return {"notes": ["begin"]}


def left(state: State):
    return {"notes": ["left"]}


def right(state: State):
    raise ValueError("no")


builder = StateGraph(State)
builder.add_node("begin", begin)
builder.add_node("left", left)
builder.add_node("right", right)
builder.add_edge(START, "begin")
builder.add_edge("begin", "left")
builder.add_edge("begin", "right")
graph = builder.compile(checkpointer=InMemorySaver())
if __name__ == "__main__":
    thread = {"configurable": {"thread_id": "1"}}
    raised = outcome(lambda: graph.invoke({"notes": []}, thread))[0]
    print(json.dumps({"raised": raised, "notes": graph.get_state(thread).values["notes"]}))
