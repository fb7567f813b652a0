"""A router without a map may name a step that is not there: the run ends, and no error is raised.

langgraph 1.2.24.
"""

import json
from typing import TypedDict
from langgraph.graph import START, StateGraph


class Chat(TypedDict):
    text: str


def ask(chat: Chat):
    return {"text": "asked"}


def route(chat: Chat):
    return "nobody" if chat["text"] == "asked" else "other"


def other(chat: Chat):
    return {"text": "other"}


builder = StateGraph(Chat)
builder.add_node("ask", ask)
builder.add_node("other", other)
builder.add_edge(START, "ask")
builder.add_conditional_edges("ask", route)
graph = builder.compile()
if __name__ == "__main__":
    try:
        r = graph.invoke({"text": "hi"})
        e = ""
    except Exception as error:
        r, e = None, type(error).__name__
    print(json.dumps({"result": r, "raised": e}))
