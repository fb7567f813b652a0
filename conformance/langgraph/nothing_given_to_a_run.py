"""A run that is given None goes on with what is kept: where nothing is kept it fails.

langgraph 1.2.24.
"""

import json

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict


class Letter(TypedDict, total=False):
    text: str


def write(letter: Letter):
    return {"text": "tea"}


builder = StateGraph(Letter)
builder.add_node("write", write)
builder.add_edge(START, "write")
builder.add_edge("write", END)
graph = builder.compile()
kept = builder.compile(checkpointer=InMemorySaver())


def outcome(do):
    try:
        return ["", do()]
    except Exception as error:
        return [type(error).__name__, None]


if __name__ == "__main__":
    facts = {
        "plain": outcome(lambda: graph.invoke(None)),
        "kept": outcome(lambda: kept.invoke(None, {"configurable": {"thread_id": "1"}})),
    }
    print(json.dumps(facts))
