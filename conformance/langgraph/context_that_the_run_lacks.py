"""A run that is given no context has None: a step that reads an attribute of it fails.

langgraph 1.2.24.
"""

import json
from dataclasses import dataclass

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from typing_extensions import TypedDict


class State(TypedDict):
    note: str


@dataclass
class Desk:
    tone: str = "plain"


def write(state: State, runtime: Runtime[Desk]):
    return {"note": runtime.context.tone}


builder = StateGraph(State, context_schema=Desk)
builder.add_node("write", write)
builder.add_edge(START, "write")
builder.add_edge("write", END)
graph = builder.compile()

if __name__ == "__main__":
    raised = ""
    try:
        graph.invoke({"note": ""})
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised, "given": graph.invoke({"note": ""}, context=Desk())["note"]}))
