"""A reducer starts from the empty value of its type, if the type can be called: of a union there is none.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph


class Counts(TypedDict):
    pages: int


class Shelf(TypedDict):
    text: str
    notes: Annotated[list[str], operator.add]
    counts: Annotated[Counts, operator.or_]
    links: Annotated[list[str] | None, operator.add]


def look(shelf: Shelf):
    return {"text": f"{shelf['notes']} {shelf['counts']}"}


def link(shelf: Shelf):
    return {"text": f"{len(shelf['links'])} links"}


def add(shelf: Shelf):
    return {"notes": ["one"], "counts": {"pages": 1}, "links": ["here"]}


builder = StateGraph(Shelf)
builder.add_node("look", look)
builder.add_node("link", link)
builder.add_node("add", add)
builder.add_edge(START, "look")
builder.add_edge("look", "link")
builder.add_edge("link", "add")
builder.add_edge("add", END)
graph = builder.compile()
if __name__ == "__main__":
    seen = ""
    try:
        for update in graph.stream({"text": ""}):
            seen = update["look"]["text"]
        failed = ""
    except KeyError as error:
        failed = str(error)
    print(json.dumps({"empty": seen, "failed": failed}))
