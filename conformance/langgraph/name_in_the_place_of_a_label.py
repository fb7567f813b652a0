"""A router with a path map gives its labels: the name of a step in the place of one fails the run.

langgraph 1.2.24.
"""

import json

from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict


class Letter(TypedDict, total=False):
    text: str


def write(letter: Letter):
    return {"text": letter["text"] + "!"}


def post(letter: Letter):
    return {"text": letter["text"] + "?"}


def route(letter: Letter):
    if len(letter["text"]) > 9:
        return "stop"
    return "post"


builder = StateGraph(Letter)
builder.add_node("write", write)
builder.add_node("post", post)
builder.add_edge(START, "write")
builder.add_conditional_edges("write", route, {"send": "post", "stop": END})
builder.add_edge("post", END)
graph = builder.compile()

if __name__ == "__main__":
    try:
        graph.invoke({"text": "x"})
        raised = ""
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
