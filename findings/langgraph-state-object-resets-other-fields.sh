#!/usr/bin/env bash
# A LangGraph step that returns a pydantic object of the state resets the fields that it did not set.
# Most expect: `return Card(name="new")` updates the name, as `return {"name": "new"}` does; pydantic knows which fields were set.
# What happens: all defaults are written, too, but those that are None: those fields keep their value.
# Seen with langgraph 1.2.24, Python 3.11, 2026-11-29.
# Usage: ./langgraph-state-object-resets-other-fields.sh   (PYTHON=... takes an environment that has langgraph already)
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
from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel


class Card(BaseModel):
    name: str = ""
    stars: int = 1
    note: str | None = None


def renamed(step):
    builder = StateGraph(Card)
    builder.add_node("rename", step)
    builder.add_edge(START, "rename")
    builder.add_edge("rename", END)
    return builder.compile().invoke({"name": "old", "stars": 5, "note": "kept"})


by_dict = renamed(lambda card: {"name": "new"})
by_object = renamed(lambda card: Card(name="new"))
assert by_dict == {"name": "new", "stars": 5, "note": "kept"}, by_dict
assert by_object == {"name": "new", "stars": 1, "note": "kept"}, by_object
print("a dict:", by_dict)
print("an object:", by_object)
PY
