"""A reducer may have further arguments that are given by name only.

langgraph 1.2.24.
"""

import json
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph


def merge(old: list[str], new: list[str], *, limit: int = 2):
    return (old + new)[-limit:]


class Inbox(TypedDict):
    mails: Annotated[list[str], merge]


def fetch(inbox: Inbox):
    return {"mails": ["hello", "again"]}


builder = StateGraph(Inbox)
builder.add_node("fetch", fetch)
builder.add_edge(START, "fetch")
builder.add_edge("fetch", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps(graph.invoke({"mails": ["old"]})))
