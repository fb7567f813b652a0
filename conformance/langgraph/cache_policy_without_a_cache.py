"""A cache policy of a step does nothing unless the graph is compiled with a cache.

langgraph 1.2.24.
"""

import json
from typing import TypedDict

from langgraph.cache.memory import InMemoryCache
from langgraph.graph import END, START, StateGraph
from langgraph.types import CachePolicy


class Letter(TypedDict, total=False):
    text: str


made = []


def write(letter: Letter):
    made.append(letter["text"])
    return {"text": letter["text"] + "!"}


builder = StateGraph(Letter)
builder.add_node("write", write, cache_policy=CachePolicy(ttl=60))
builder.add_edge(START, "write")
builder.add_edge("write", END)
plain = builder.compile()
cached = builder.compile(cache=InMemoryCache())

if __name__ == "__main__":
    counts = []
    for graph in (plain, cached):
        made.clear()
        graph.invoke({"text": "x"})
        graph.invoke({"text": "x"})
        counts.append(len(made))
    print(json.dumps({"plain": counts[0], "cached": counts[1]}))
