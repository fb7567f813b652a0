"""A step that returns all of a field with an appending reducer doubles it, be it with its whole input.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph


class Diary(TypedDict):
    day: str
    pages: Annotated[list[str], operator.add]


def write(diary: Diary):
    return {"pages": diary["pages"] + [diary["day"]]}


def read(diary: Diary):
    return diary


builder = StateGraph(Diary)
builder.add_node("write", write)
builder.add_node("read", read)
builder.add_edge(START, "write")
builder.add_edge("write", "read")
builder.add_edge("read", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"pages": len(graph.invoke({"day": "Monday", "pages": ["before"]})["pages"])}))
