"""What is added to a builder after it was compiled is no part of the compiled graph.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Soup(TypedDict):
    parts: str


def boil(soup: Soup):
    return {"parts": soup["parts"] + " boiled"}


def salt(soup: Soup):
    return {"parts": soup["parts"] + " salted"}


builder = StateGraph(Soup)
builder.add_node("boil", boil)
builder.add_edge(START, "boil")
graph = builder.compile()
builder.add_node("salt", salt)
builder.add_edge("boil", "salt")
if __name__ == "__main__":
    print(json.dumps(graph.invoke({"parts": "carrots"})))
