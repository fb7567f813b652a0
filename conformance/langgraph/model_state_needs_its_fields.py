"""A state that is a model is made anew for each step: a required field that nobody has set yet fails.

langgraph 1.2.24: pydantic's ValidationError, in the first step that would run without it.
"""

import json

from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel


class Tour(BaseModel):
    city: str
    plan: str


class Wish(BaseModel):
    city: str


def choose(tour: Wish):
    return {"city": tour.city.title()}


def check(tour: Tour):
    return {"city": tour.city + "!"}


def plan(tour: Wish):
    return {"plan": f"to {tour.city}"}


builder = StateGraph(Tour, input_schema=Wish)
builder.add_node("choose", choose)
builder.add_node("check", check)
builder.add_node("plan", plan)
builder.add_edge(START, "choose")
builder.add_edge("choose", "check")
builder.add_edge("check", "plan")
builder.add_edge("plan", END)
graph = builder.compile()
if __name__ == "__main__":
    try:
        graph.invoke({"city": "rome"})
        failed = ""
    except ValueError as error:
        failed = type(error).__name__
    print(json.dumps({"failed": failed}))
