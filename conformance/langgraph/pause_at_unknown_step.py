"""A graph that is to pause before a step that it does not have is refused when it is compiled.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph


class Letter(TypedDict):
    text: str


def write(letter: Letter):
    return {"text": "Dear all"}


builder = StateGraph(Letter)
builder.add_node("write", write)
builder.add_edge(START, "write")
builder.add_edge("write", END)
try:
    graph = builder.compile(InMemorySaver(), interrupt_before=["wirte"])
    refused = ""
except ValueError as error:
    refused = str(error)
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
