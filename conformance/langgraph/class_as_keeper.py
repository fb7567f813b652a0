"""A checkpointer is an object of a saver, not a class of one.

langgraph 1.2.24.
"""

import json
from typing import TypedDict
from langgraph.graph import START, StateGraph
from langgraph.checkpoint.memory import InMemorySaver


class Chat(TypedDict):
    text: str


def a(s: Chat):
    return {"text": "a"}


def build():
    builder = StateGraph(Chat)
    builder.add_node("a", a)
    builder.add_edge(START, "a")
    return builder.compile(checkpointer=InMemorySaver)


if __name__ == "__main__":
    try:
        build()
        e = ""
    except Exception as error:
        e = type(error).__name__
    print(json.dumps({"refused": e}))
