"""A thread may be named as a part of the configuration, or at its top.

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
    first = graph.invoke({"text": "hi"}, {"configurable": {"thread_id": "1"}})
    second = graph.invoke({"text": "hi"}, {"thread_id": "2"})
    bound = graph.with_config(configurable={"thread_id": "3"}).invoke({"text": "hi"})
    print(json.dumps({"texts": [first["text"], second["text"], bound["text"]]}))
