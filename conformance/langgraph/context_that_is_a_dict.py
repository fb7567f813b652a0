"""A run may be given its context as a dict: steps see an object of the declared class.

langgraph 1.2.24.
"""

import json
from dataclasses import dataclass
from typing import TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime


@dataclass
class Who:
    name: str
    language: str = "en"


class Desk(TypedDict):
    text: str


def greet(state: Desk, runtime: Runtime[Who]):
    return {"text": f"{runtime.context.name} {runtime.context.language}"}


builder = StateGraph(Desk, context_schema=Who)
builder.add_node("greet", greet)
builder.add_edge(START, "greet")
builder.add_edge("greet", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps(graph.invoke({"text": ""}, context={"name": "Ann"})))
