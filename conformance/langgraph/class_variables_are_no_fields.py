"""A class variable is no field of the state: what a step writes there is dropped, and nothing is said.

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
    print(json.dumps({"topic": graph.invoke({"topic": "tea"})["topic"]}))
