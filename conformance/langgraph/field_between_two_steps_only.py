"""A field that only the input of a step declares is kept from the step before it, and not in the result.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Desk(TypedDict):
    question: str
    answer: str


class Found(TypedDict):
    pages: list[str]


def search(state: Desk) -> Found:
    return {"pages": [state["question"], "more"]}


def answer(state: Found):
    return {"answer": " ".join(state["pages"])}


builder = StateGraph(Desk)
builder.add_node("search", search)
builder.add_node("answer", answer)
builder.add_edge(START, "search")
builder.add_edge("search", "answer")
builder.add_edge("answer", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps(graph.invoke({"question": "tea"})))
