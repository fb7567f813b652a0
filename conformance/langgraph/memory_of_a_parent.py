"""`checkpointer=True` is for a graph within another one: at the root it is refused when it runs.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Chat(TypedDict):
    text: str


def answer(chat: Chat):
    return {"text": chat["text"] + "!"}


builder = StateGraph(Chat)
builder.add_node("answer", answer)
builder.add_edge(START, "answer")
builder.add_edge("answer", END)
graph = builder.compile(checkpointer=True)
if __name__ == "__main__":
    try:
        graph.invoke({"text": "hi"})
        refused = ""
    except RuntimeError as error:
        refused = str(error)
    print(json.dumps({"refused": refused}))
