"""A key that the state does not declare is dropped, and nothing is said.

langgraph 1.2.24.
"""

import json
from typing import TypedDict
from langgraph.graph import END, START, StateGraph


class Chat(TypedDict):
    text: str


def answer(chat: Chat):
    return {"text": chat["text"] + "!", "mood": "good"}


builder = StateGraph(Chat)
builder.add_node("answer", answer)
builder.add_edge(START, "answer")
builder.add_edge("answer", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"result": graph.invoke({"text": "hi"})}))
