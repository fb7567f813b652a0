"""A step that returns only what is new to a field with an appending reducer adds to it; so do counts of the old ones.

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
    return {"pages": [f"{diary['day']}, after {len(diary['pages'])} pages"]}


builder = StateGraph(Diary)
builder.add_node("write", write)
builder.add_edge(START, "write")
builder.add_edge("write", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"pages": graph.invoke({"day": "Monday", "pages": ["before"]})["pages"]}))
