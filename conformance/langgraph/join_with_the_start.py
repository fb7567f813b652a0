"""The start cannot be one of the steps that a join waits for.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Cake(TypedDict):
    dough: str
    iced: bool


def bake(cake: Cake):
    return {"dough": cake["dough"] + ", baked"}


def ice(cake: Cake):
    return {"iced": True}


builder = StateGraph(Cake)
builder.add_node("bake", bake)
builder.add_node("ice", ice)
builder.add_edge(START, "bake")
try:
    builder.add_edge([START, "bake"], "ice")
    refused = ""
except ValueError as error:
    refused = str(error)
builder.add_edge("ice", END)
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
