"""A goto to a step that is not there ends the run where it is, and no error is raised.

langgraph 1.2.24.
"""

import json
from typing import TypedDict
from langgraph.graph import START, StateGraph
from langgraph.types import Command


class Chat(TypedDict):
    text: str


def ask(chat: Chat):
    return Command(update={"text": "asked"}, goto="nobody")


builder = StateGraph(Chat)
builder.add_node("ask", ask)
builder.add_edge(START, "ask")
graph = builder.compile()
if __name__ == "__main__":
    try:
        r = graph.invoke({"text": "hi"})
        e = ""
    except Exception as error:
        r, e = None, type(error).__name__
    print(json.dumps({"result": r, "raised": e}))
