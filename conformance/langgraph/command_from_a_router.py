"""A Command that a router returns is dropped, its goto and its update, and the run ends without a word.

langgraph 1.2.24.
"""

import json

from langgraph.graph import END, START, StateGraph
from langgraph.types import Command
from typing_extensions import TypedDict


class State(TypedDict):
    note: str


def write(state: State):
    return {"note": "x"}


def mend(state: State):
    return {"note": "y"}


def judge(state: State):
    return Command(goto="mend", update={"note": "bad"})


builder = StateGraph(State)
builder.add_node("write", write)
builder.add_node("mend", mend)
builder.add_edge(START, "write")
builder.add_conditional_edges("write", judge)
builder.add_edge("mend", END)
graph = builder.compile()

if __name__ == "__main__":
    raised, note = "", None
    try:
        note = graph.invoke({"note": ""})["note"]
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised, "note": note}))
