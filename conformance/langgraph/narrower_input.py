"""A step that declares a narrower input is not shown the rest of the state; nor is a router without an annotation after it.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class Loan(TypedDict):
    name: str
    sum: int
    reason: str


class Asked(TypedDict):
    sum: int


def read(loan: Asked):
    return {"reason": f"{loan['sum']} for {loan['name']}"}


def small(loan: Asked):
    return {"reason": f"only {loan['sum']}"}


def route(loan):
    return END if loan["name"] else "read"


builder = StateGraph(Loan)
builder.add_node("small", small)
builder.add_node("read", read)
builder.add_edge(START, "small")
builder.add_conditional_edges("small", route, ["read", END])
builder.add_edge("read", END)
graph = builder.compile()

plain = StateGraph(Loan)
plain.add_node("read", read)
plain.add_edge(START, "read")
plain.add_edge("read", END)
alone = plain.compile()


def failure(run):
    try:
        run.invoke({"name": "Ann", "sum": 3})
    except KeyError as error:
        return str(error)
    return ""


if __name__ == "__main__":
    print(json.dumps({"router": failure(graph), "step": failure(alone)}))
