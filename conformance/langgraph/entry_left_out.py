"""A graph without an edge from its start does not build.

langgraph 1.2.24.
"""

import json
from typing import TypedDict
from langgraph.graph import END, StateGraph


class Chat(TypedDict):
    text: str


def a(s: Chat):
    return {"text": "a"}


builder = StateGraph(Chat)
builder.add_node("a", a)
builder.add_edge("a", END)


def main():
    return builder.compile()


if __name__ == "__main__":
    try:
        main()
        e = ""
    except ValueError as error:
        e = str(error)
    print(json.dumps({"refused": e}))
