"""A router that returns an empty list ends the run in silence.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph



class Letter(TypedDict, total=False):
    text: str
    parts: list


def split(letter: Letter):
    return {"parts": letter["text"].split()}


def write(letter: Letter):
    return {"text": "written"}


def route(letter: Letter) -> list[str]:
    return ["write" for part in letter["parts"] if len(part) > 9]


builder = StateGraph(Letter)
builder.add_node("split", split)
builder.add_node("write", write)
builder.add_edge(START, "split")
builder.add_conditional_edges("split", route, ["write"])
builder.add_edge("write", END)
graph = builder.compile()

if __name__ == "__main__":
    print(json.dumps({"text": graph.invoke({"text": "x y"})["text"]}))
