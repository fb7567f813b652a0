#!/usr/bin/env bash
# A LangGraph reducer that is not the last item of `Annotated` is left out in silence.
# Most expect: `Annotated[list, add_messages, Field(description=...)]` merges as `Annotated[list, add_messages]` does.
# What happens: only the last item is asked whether it can be called; otherwise each write replaces the one before it.
# Seen with langgraph 1.2.24, Python 3.11, 2026-11-29.
# Usage: ./langgraph-reducer-must-come-last.sh   (PYTHON=... takes an environment that has langgraph already)
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
from typing import Annotated, Optional

from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel, Field


class Diary(BaseModel):
    merged: Annotated[list[str], Field(description="entries"), operator.add] = []
    described: Annotated[list[str], operator.add, Field(description="entries")] = []
    optional: Optional[Annotated[list[str], operator.add]] = None


def write(text):
    return lambda diary: {"merged": [text], "described": [text], "optional": [text]}


builder = StateGraph(Diary)
builder.add_sequence([("first", write("one")), ("second", write("two"))])
builder.add_edge(START, "first")
builder.add_edge("second", END)
diary = builder.compile().invoke({})
assert diary["merged"] == ["one", "two"], diary
assert diary["described"] == ["two"], diary
assert diary["optional"] == ["two"], diary
print("reducer last:", diary["merged"])
print("a Field after it:", diary["described"])
print("within Optional:", diary["optional"])
PY
