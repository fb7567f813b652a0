#!/usr/bin/env bash
# A class variable of a LangGraph state is a key of the state that the caller gets and no step sees.
# Most expect: a `ClassVar` is no field: what a step returns under its name is dropped, as under any name that the state lacks.
# What happens: it becomes a channel, so the write is kept and is in the result; steps get an object of the model, in which
# the name is still what the class says.
# Seen with langgraph 1.2.24, Python 3.11, 2026-11-30.
# Usage: ./langgraph-class-variable-is-a-key.sh   (PYTHON=... takes an environment that has the package already)
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
from typing import ClassVar

from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel


class State(BaseModel):
    most: ClassVar[int] = 3
    seen: int = 0


builder = StateGraph(State)
builder.add_node("plan", lambda state: {"most": 5, "other": 5})
builder.add_node("look", lambda state: {"seen": state.most})
builder.add_edge(START, "plan")
builder.add_edge("plan", "look")
builder.add_edge("look", END)
result = builder.compile().invoke({"seen": 0})
assert result == {"most": 5, "seen": 3}, result
print(f"the next step saw {result['seen']}, the caller gets {result}")
PY
