"""A factory that is given the class of the state makes another graph of each: a field starts empty in one of them only.

langgraph 1.2.24.
"""

import json
import operator
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, TypedDict

from langgraph.graph import START, StateGraph


class Plain(TypedDict):
    notes: Annotated[list[str], operator.add]
    text: str


class Loose(TypedDict):
    notes: Annotated[list[str] | None, operator.add]
    text: str


def make(schema):
    def count(state: schema):
        return {"text": f"{len(state['notes'])} notes"}

    builder = StateGraph(schema)
    builder.add_node("count", count)
    builder.add_edge(START, "count")
    return builder.compile()


def run(schema):
    return make(schema).invoke({"text": "x"})


if __name__ == "__main__":
    outcomes = [ThreadPoolExecutor().submit(run, schema).exception() for schema in (Plain, Loose)]
    print(json.dumps({"raised": [type(each).__name__ for each in outcomes]}))
