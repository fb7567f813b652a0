"""A graph that keeps its state refuses to run until it is told for which thread.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph


class Chat(TypedDict):
    text: str


def answer(chat: Chat):
    return {"text": chat["text"] + "!"}


builder = StateGraph(Chat)
builder.add_node("answer", answer)
builder.add_edge(START, "answer")
builder.add_edge("answer", END)
graph = builder.compile(checkpointer=InMemorySaver())
if __name__ == "__main__":
    refused = []
    for config in (None, {"recursion_limit": 9}, {"configurable": {"user": "7"}}):
        try:
            graph.invoke({"text": "hi"}, config)
        except (ValueError, KeyError) as error:
            refused.append(type(error).__name__)
    try:
        graph.invoke({"text": "hi"})
    except ValueError as error:
        refused.append(type(error).__name__)
    print(json.dumps({"refused": refused}))
