#!/usr/bin/env bash
# In LangGraph an `Overwrite` drops what the steps beside it write to the same field, in whatever order they finish.
# Most expect: the field is reset, and what runs at the same time is added to the new value.
# What happens: all other updates of that superstep are lost, without a word.
# Seen with langgraph 1.2.24, Python 3.11, 2026-11-29.
# Usage: ./langgraph-overwrite-drops-its-neighbours.sh   (PYTHON=... takes an environment that has langgraph already)
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
import operator
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.types import Overwrite


class Notes(TypedDict):
    notes: Annotated[list[str], operator.add]


builder = StateGraph(Notes)
for name, value in (("first", ["first"]), ("reset", Overwrite(["reset"])), ("last", ["last"])):
    builder.add_node(name, lambda state, value=value: {"notes": value})
    builder.add_edge(START, name)
    builder.add_edge(name, END)
kept = builder.compile().invoke({"notes": ["old"]})["notes"]
assert kept == ["reset"], kept
print("of three steps that write at once, kept:", kept)
PY
