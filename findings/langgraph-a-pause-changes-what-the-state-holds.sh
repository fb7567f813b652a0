#!/usr/bin/env bash
# What a LangGraph run finds in its state after a pause is not quite what it would have found without one.
# Most expect: a checkpoint kept in memory gives a step what the step before it wrote; the kinds of values do not depend on
# whether somebody was asked in between.
# What happens: after a pause a tuple is a list, an exception a text, a subclass of dict a plain dict, and a pydantic object
# has lost its private attributes. Without the pause, with the same saver, the values are as they were.
# Seen with langgraph 1.2.24, Python 3.11, 2026-11-29.
# Usage: ./langgraph-a-pause-changes-what-the-state-holds.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "langgraph==1.2.24"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" - <<'PY'
from typing import Any, TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel, PrivateAttr


class Counts(dict):
    pass


class Card(BaseModel):
    name: str
    _uses: int = PrivateAttr(default=0)


class Desk(TypedDict, total=False):
    held: Any
    seen: list


def take(desk: Desk):
    card = Card(name="x")
    card._uses = 7
    return {"held": [(1, 2), ValueError("no"), Counts(a=1), card]}


def look(desk: Desk):
    return {"seen": [*(type(each).__name__ for each in desk["held"]), desk["held"][-1]._uses]}


builder = StateGraph(Desk)
builder.add_node("take", take)
builder.add_node("look", look)
builder.add_edge(START, "take")
builder.add_edge("take", "look")
builder.add_edge("look", END)
thread = {"configurable": {"thread_id": "1"}}
straight = builder.compile(checkpointer=InMemorySaver()).invoke({}, thread)["seen"]
graph = builder.compile(checkpointer=InMemorySaver(), interrupt_before=["look"])
graph.invoke({}, thread)
paused = graph.invoke(None, thread)["seen"]
assert straight == ["tuple", "ValueError", "Counts", "Card", 7], straight
assert paused == ["list", "str", "dict", "Card", 0], paused
print("without a pause:", straight)
print("after a pause:  ", paused)
PY
