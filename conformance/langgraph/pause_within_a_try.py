"""A step that catches all exceptions around a pause never pauses: it catches the pause.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import interrupt


class Letter(TypedDict, total=False):
    text: str


def ask(letter: Letter):
    try:
        answer = interrupt("send it?")
    except Exception as error:
        answer = type(error).__name__
    return {"text": answer}


builder = StateGraph(Letter)
builder.add_node("ask", ask)
builder.add_edge(START, "ask")
builder.add_edge("ask", END)
graph = builder.compile(checkpointer=InMemorySaver())

if __name__ == "__main__":
    result = graph.invoke({"text": "x"}, {"configurable": {"thread_id": "1"}})
    print(json.dumps({"text": result["text"], "paused": "__interrupt__" in result}))
