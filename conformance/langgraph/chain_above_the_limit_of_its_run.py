"""A chain of more steps than a run may have supersteps fails the run.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Page(TypedDict):
    text: str


def fetch(state: Page):
    return {"text": "raw"}


def clean(state: Page):
    return {"text": state["text"].strip()}


def translate(state: Page):
    return {"text": state["text"] + " translated"}


def publish(state: Page):
    return {"text": state["text"] + " published"}


builder = StateGraph(Page)
builder.add_sequence([fetch, clean, translate, publish])
builder.add_edge(START, "fetch")
builder.add_edge("publish", END)
graph = builder.compile()
if __name__ == "__main__":
    try:
        graph.invoke({"text": ""}, {"recursion_limit": 3})
        raised = ""
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised, "five": graph.invoke({"text": ""}, {"recursion_limit": 5})["text"]}))
