"""A state that is a model runs where each step finds the fields it requires, with defaults for the rest.

langgraph 1.2.24.
"""

import json

from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel


class Tour(BaseModel):
    city: str
    plan: str
    note: str = ""


class Wish(BaseModel):
    city: str


def plan(tour: Wish):
    return {"plan": f"to {tour.city}"}


def check(tour: Tour):
    return {"note": tour.plan + "!"}


builder = StateGraph(Tour, input_schema=Wish)
builder.add_node("plan", plan)
builder.add_node("check", check)
builder.add_edge(START, "plan")
builder.add_edge("plan", "check")
builder.add_edge("check", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps({"result": graph.invoke({"city": "rome"})}))
