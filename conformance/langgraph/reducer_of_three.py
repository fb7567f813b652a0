"""A reducer takes two arguments by position: a third one is refused, be it one with a default.

langgraph 1.2.24.
"""

import json
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph


def merge(old: list[str], new: list[str], limit: int = 9):
    return (old + new)[-limit:]


class Inbox(TypedDict):
    mails: Annotated[list[str], merge]


def fetch(inbox: Inbox):
    return {"mails": ["hello"]}


try:
    builder = StateGraph(Inbox)
    builder.add_node("fetch", fetch)
    builder.add_edge(START, "fetch")
    builder.add_edge("fetch", END)
    graph = builder.compile()
    refused = ""
except ValueError as error:
    refused = str(error).partition(".")[0]
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
