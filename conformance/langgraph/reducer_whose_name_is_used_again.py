"""A reducer is the function that its name stood for when the state was declared, whatever it stands for later.

langgraph 1.2.24.
"""

import json
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph


def merge(old: list[str], new: list[str]):
    return old + new


class Inbox(TypedDict):
    mails: Annotated[list[str], merge]


def merge(inbox: Inbox):
    return {"mails": ["hello"]}


builder = StateGraph(Inbox)
builder.add_node("merge", merge)
builder.add_edge(START, "merge")
builder.add_edge("merge", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps(graph.invoke({"mails": ["old"]})))
