"""A class variable is no field that steps see: what a step writes there only the caller of the run gets.

langgraph 1.2.24.
"""

import json
import typing

from langgraph.graph import START, StateGraph
from pydantic import BaseModel


class State(BaseModel):
    most: typing.ClassVar[int] = 3
    topic: str


def plan(state: State):
    return {"topic": f"{state.topic} {state.most}", "most": 5}


def write(state: State):
    return {"topic": f"{state.topic} {state.most}"}


builder = StateGraph(State)
builder.add_sequence([plan, write])
builder.add_edge(START, "plan")
graph = builder.compile()

if __name__ == "__main__":
    result = graph.invoke({"topic": "tea"})
    print(json.dumps({"topic": result["topic"], "most": result["most"]}))
