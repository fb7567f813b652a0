#!/usr/bin/env bash
# A LangGraph router that returns a `Command` sends control nowhere, and its update is lost.
# Most expect: `Command(goto=..., update=...)` is how steps go on, so a conditional edge takes it too, or refuses it: a step
# that returns a text is refused.
# What happens: the command is taken for a label that no step has; the run ends there, with no error and no update.
# Seen with langgraph 1.2.24, Python 3.11, 2026-11-30. wflint says so: WF407.
# Usage: ./langgraph-command-of-a-router-is-dropped.sh   (PYTHON=... takes an environment that has the package already)
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
from langgraph.types import Command


class State(TypedDict):
    text: str
    verdict: str


def judge(state):
    return Command(goto="mend", update={"verdict": "bad"})


def graph(by_step):
    builder = StateGraph(State)
    builder.add_node("write", lambda state: {"text": "helo"})
    builder.add_node("mend", lambda state: {"text": "hello"})
    builder.add_edge(START, "write")
    builder.add_edge("mend", END)
    if by_step:
        builder.add_node("judge", judge, destinations=("mend",))
        builder.add_edge("write", "judge")
    else:
        builder.add_conditional_edges("write", judge)
    return builder.compile()


step, router = (graph(by_step).invoke({"text": "", "verdict": ""}) for by_step in (True, False))
assert step == {"text": "hello", "verdict": "bad"} and router == {"text": "helo", "verdict": ""}, (step, router)
print(f"returned by a step: {step}")
print(f"returned by a router: {router}")
PY
