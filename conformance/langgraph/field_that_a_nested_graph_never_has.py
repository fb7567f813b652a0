"""A nested graph hands back what it was given and what it wrote: a field that its input leaves out is neither.

langgraph 1.2.24.
"""

import json
import operator
from typing import Annotated, TypedDict
from langgraph.graph import END, START, StateGraph
from langgraph.types import Send


class OverallState(TypedDict):
    subjects: list[str]
    jokes: Annotated[list[str], operator.add]


class JokeState(TypedDict):
    subject: str


def each(state: OverallState):
    return [Send("generate_joke", {"subject": s}) for s in state["subjects"]]


def edit(state: JokeState):
    return {"subject": state["subject"] + "!"}


def generate(state: JokeState):
    return {"jokes": [state["subject"]]}


subgraph = StateGraph(JokeState, output_schema=OverallState)
subgraph.add_node("edit", edit)
subgraph.add_node("generate", generate)
subgraph.add_edge(START, "edit")
subgraph.add_edge("edit", "generate")
builder = StateGraph(OverallState)
builder.add_node("generate_joke", subgraph.compile())
builder.add_conditional_edges(START, each)
builder.add_edge("generate_joke", END)
graph = builder.compile()
if __name__ == "__main__":
    print(json.dumps(graph.invoke({"subjects": ["tea", "rye"]})))
