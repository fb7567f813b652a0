"""No router leads back to the start, be it by a path map or by the label itself.

langgraph 1.2.24: the map is refused when the graph is compiled, the label fails when it is returned.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Quiz(TypedDict):
    round: int


def ask(quiz: Quiz):
    return {"round": quiz["round"] + 1}


def again(quiz: Quiz):
    return "again" if quiz["round"] < 3 else "done"


builder = StateGraph(Quiz)
builder.add_node("ask", ask)
builder.add_edge(START, "ask")
builder.add_conditional_edges("ask", again, {"again": START, "done": END})
try:
    graph = builder.compile()
    refused = ""
except ValueError as error:
    refused = str(error)
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
