"""The chunks of a plain stream hold what each step wrote, under the name of the step, and not the fields of the state.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Letter(TypedDict, total=False):
    wish: str
    text: str


def write(letter: Letter):
    return {"text": letter["wish"] + "!"}


builder = StateGraph(Letter)
builder.add_node("write", write)
builder.add_edge(START, "write")
builder.add_edge("write", END)
app = builder.compile()


def letter_of(wish: str) -> str:
    last = {}
    for chunk in app.stream({"wish": wish}):
        last = chunk
    return last["text"]


if __name__ == "__main__":
    try:
        letter_of("soup")
        there = True
    except KeyError:
        there = False
    print(json.dumps({"there": there, "chunks": [list(chunk) for chunk in app.stream({"wish": "soup"})]}))
