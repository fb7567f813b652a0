"""A graph within a graph counts its own supersteps: the limit of the run holds for each of the two by itself.

langgraph 1.2.24.
"""

import json

from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict


class Count(TypedDict, total=False):
    n: int


def add(count: Count):
    return {"n": count["n"] + 1}


def chain(names, step):
    builder = StateGraph(Count)
    builder.add_sequence([(name, step) for name in names])
    builder.add_edge(START, names[0])
    builder.add_edge(names[-1], END)
    return builder.compile()


inner = chain(["a", "b", "c"], add)
outer = StateGraph(Count)
outer.add_node("first", inner)
outer.add_node("second", inner)
outer.add_node("third", add)
outer.add_edge(START, "first")
outer.add_edge("first", "second")
outer.add_edge("second", "third")
outer.add_edge("third", END)
graph = outer.compile()


def outcome(limit):
    try:
        return graph.invoke({"n": 0}, {"recursion_limit": limit})["n"]
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({str(limit): outcome(limit) for limit in (3, 4)}))
