"""A run that is given None for a field that adds lists up fails.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph


class Desk(TypedDict):
    notes: Annotated[list[str], operator.add]
    topic: str


def note(state: Desk):
    return {"notes": [state["topic"]]}


builder = StateGraph(Desk)
builder.add_node("note", note)
builder.add_edge(START, "note")
builder.add_edge("note", END)
graph = builder.compile()
if __name__ == "__main__":
    try:
        graph.invoke({"topic": "tea", "notes": None})
        raised = ""
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
