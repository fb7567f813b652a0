"""A step that returns something else than an update fails the run.

langgraph 1.2.24.
"""

import json
from typing import TypedDict
from langgraph.graph import START, StateGraph


class Chat(TypedDict):
    text: str


def a(s: Chat):
    return "done"


builder = StateGraph(Chat)
builder.add_node("a", a)
builder.add_edge(START, "a")
graph = builder.compile()
if __name__ == "__main__":
    try:
        graph.invoke({"text": ""})
        e = ""
    except Exception as error:
        e = type(error).__name__
    print(json.dumps({"refused": e}))
