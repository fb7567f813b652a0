#!/usr/bin/env bash
# A LangGraph run that is told to pause before a step with a wrong name runs through.
# Most expect: a name that no step has is refused, as `compile(interrupt_before=[...])` refuses it.
# What happens: the argument of the same name of `invoke` is not checked: the run does not pause, and what needed a person is done.
# Seen with langgraph 1.2.24, Python 3.11, 2026-11-30.
# Usage: ./langgraph-run-pauses-before-nobody.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "langgraph==1.2.24"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > letter.py <<'PY'
from typing import TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph


class Letter(TypedDict):
    draft: str
    sent: str


builder = StateGraph(Letter)
builder.add_node("write", lambda letter: {"draft": "Dear Ann"})
builder.add_node("send", lambda letter: {"sent": letter["draft"]})
builder.add_edge(START, "write")
builder.add_edge("write", "send")
builder.add_edge("send", END)
graph = builder.compile(checkpointer=InMemorySaver())
try:
    builder.compile(checkpointer=InMemorySaver(), interrupt_before=["sender"])
    refused = ""
except ValueError as error:
    refused = str(error)
paused = graph.invoke({"draft": ""}, {"configurable": {"thread_id": "1"}}, interrupt_before=["send"])
through = graph.invoke({"draft": ""}, {"configurable": {"thread_id": "2"}}, interrupt_before=["sender"])
assert "not found" in refused and "sent" not in paused and through["sent"] == "Dear Ann", (refused, paused, through)
print("compile:", refused)
print("a run before 'send':", paused)
print("a run before 'sender':", through)
PY
"$PYTHON" letter.py
