"""Two steps that run at once may not both set a field without a reducer, be the values equal.

langgraph 1.2.24.
"""

import json
from typing import TypedDict
from langgraph.graph import START, StateGraph


class Chat(TypedDict):
    text: str


def left(chat: Chat):
    return {"text": "same"}


def right(chat: Chat):
    return {"text": "same"}


builder = StateGraph(Chat)
builder.add_node("left", left)
builder.add_node("right", right)
builder.add_edge(START, "left")
builder.add_edge(START, "right")
graph = builder.compile()
if __name__ == "__main__":
    try:
        r = graph.invoke({"text": "hi"})
        e = ""
    except Exception as error:
        r, e = None, type(error).__name__
    print(json.dumps({"result": r, "raised": e}))
