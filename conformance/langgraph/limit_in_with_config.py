"""A limit of supersteps that `with_config` gives holds for runs.

langgraph 1.2.24.
"""

import json
from typing import TypedDict
from langgraph.graph import START, StateGraph
from langgraph.errors import GraphRecursionError


class Chat(TypedDict):
    n: int


ran = []


def go(s: Chat):
    ran.append(1)
    return {"n": s["n"] + 1}


builder = StateGraph(Chat)
builder.add_node("go", go)
builder.add_edge(START, "go")
builder.add_edge("go", "go")
graph = builder.compile().with_config(recursion_limit=7)
if __name__ == "__main__":
    try:
        graph.invoke({"n": 0})
        e = ""
    except GraphRecursionError as error:
        e = type(error).__name__
    print(json.dumps({"ran": len(ran), "raised": e}))
