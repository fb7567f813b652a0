"""Two steps that run at once and each return an object of the state clash on the fields that neither of them set.

langgraph 1.2.24, pydantic.
"""

import json

from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel


class Card(BaseModel):
    name: str = ""
    text: str = ""
    stars: int = 1


def call(card: Card):
    return Card(name="a name")


def fill(card: Card):
    return Card(text="a text")


builder = StateGraph(Card)
builder.add_node("call", call)
builder.add_node("fill", fill)
for name in ("call", "fill"):
    builder.add_edge(START, name)
    builder.add_edge(name, END)
graph = builder.compile()
if __name__ == "__main__":
    try:
        graph.invoke({})
        failed = ""
    except Exception as error:
        failed = type(error).__name__
    print(json.dumps({"failed": failed}))
