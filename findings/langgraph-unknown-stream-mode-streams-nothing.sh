#!/usr/bin/env bash
# A graph is streamed with a mode that is not there: "update" for "updates".
# Most expect: an error, as for any other option of a wrong word.
# What happens: the graph runs to its end and nothing is streamed; a list of modes drops the wrong one.
# Seen with langgraph 1.2.24 and 0.6.11, Python 3.11, 2026-11-30. wflint does not say it.
# Usage: ./langgraph-unknown-stream-mode-streams-nothing.sh   (PYTHON=... takes an environment that has the package already)
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
from typing import TypedDict

from langgraph.graph import END, START, StateGraph


class State(TypedDict):
    text: str


ran = []


def note(state: State):
    ran.append("note")
    return {"text": "noted"}


builder = StateGraph(State)
builder.add_node("note", note)
builder.add_edge(START, "note")
builder.add_edge("note", END)
graph = builder.compile()
wrong = list(graph.stream({"text": "x"}, stream_mode="update"))
right = list(graph.stream({"text": "x"}, stream_mode="updates"))
assert wrong == [] and right == [{"note": {"text": "noted"}}] and ran == ["note", "note"], (wrong, right, ran)
print(f"mode update: {wrong}; mode updates: {right}; the step ran each time")
PY
