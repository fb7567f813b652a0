#!/usr/bin/env bash
# LangGraph's `Overwrite` on a field that has no reducer is stored as an `Overwrite` object.
# Most expect: a field without a reducer is replaced by every write anyway, so `Overwrite(value)` stores the value.
# What happens: only fields with a reducer take the wrapper off; readers of others find `Overwrite(value=...)`, and so does the caller.
# Seen with langgraph 1.2.24, Python 3.11, 2026-11-29.
# Usage: ./langgraph-overwrite-stores-its-wrapper.sh   (PYTHON=... takes an environment that has langgraph already)
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


class Board(TypedDict):
    title: str
    lines: Annotated[list[str], operator.add]


def reset(board: Board):
    return {"title": Overwrite("plan"), "lines": Overwrite(["one"])}


def show(board: Board):
    shown.append(type(board["title"]).__name__)


shown = []
builder = StateGraph(Board)
builder.add_sequence([reset, show])
builder.add_edge(START, "reset")
builder.add_edge("show", END)
board = builder.compile().invoke({"title": "old", "lines": ["old"]})
assert board["lines"] == ["one"], board
assert isinstance(board["title"], Overwrite) and shown == ["Overwrite"], (board, shown)
print("with a reducer:", board["lines"])
print("without one:", board["title"])
PY
