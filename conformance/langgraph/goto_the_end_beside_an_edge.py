"""A goto to the end ends nothing where the step has an edge, too: the edge is followed.

langgraph 1.2.24.
"""

import json
from typing import Literal, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.types import Command


class Letter(TypedDict, total=False):
    text: str


ran = []


def check(letter: Letter) -> Command[Literal["__end__"]]:
    return Command(goto=END, update={"text": "checked"})


def send(letter: Letter):
    ran.append("send")
    return {"text": letter["text"] + " and sent"}


builder = StateGraph(Letter)
builder.add_node("check", check)
builder.add_node("send", send)
builder.add_edge(START, "check")
builder.add_edge("check", "send")
builder.add_edge("send", END)
graph = builder.compile()

if __name__ == "__main__":
    print(json.dumps({"ran": ran, "text": graph.invoke({"text": "x"})["text"]}))
