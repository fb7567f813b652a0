"""A router sees what the step before it returned, declared or not; steps that declare a wider input see its fields.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Loan(TypedDict):
    sum: int


class Checked(TypedDict):
    sum: int
    score: int


def check(loan: Loan):
    return {"score": loan["sum"] * 2, "note": "high"}


def route(loan):
    return "grant" if loan["note"] == "high" else END


def grant(loan: Checked):
    return {"sum": loan["score"]}


builder = StateGraph(Loan)
builder.add_node("check", check)
builder.add_node("grant", grant)
builder.add_edge(START, "check")
builder.add_conditional_edges("check", route, ["grant", END])
builder.add_edge("grant", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"result": graph.invoke({"sum": 2})}))
