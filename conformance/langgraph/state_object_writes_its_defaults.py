"""A step that returns an object of the state writes its defaults, too; a default of None is left out.

langgraph 1.2.24, pydantic.
"""

import json

from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel


class Card(BaseModel):
    name: str = ""
    stars: int = 1
    note: str | None = None


def rename(card: Card):
    return Card(name="new")


builder = StateGraph(Card)
builder.add_node("rename", rename)
builder.add_edge(START, "rename")
builder.add_edge("rename", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps(graph.invoke({"name": "old", "stars": 5, "note": "kept"})))
