#!/usr/bin/env bash
# A LangGraph error handler that returns a plain update ends the run: the failed step's edges are not followed.
# Most expect: `add_node("fetch", fetch, error_handler=cope)` copes in the step's place, and `fetch -> publish` goes on.
# What happens: only the handler's own `Command(goto=...)` leads on; without one the run ends in silence after it.
# Seen with langgraph 1.2.24, Python 3.11, 2026-11-29.
# Usage: ./langgraph-error-handler-ends-the-run.sh   (PYTHON=... takes an environment that has langgraph already)
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
from langgraph.types import Command


class Page(TypedDict):
    log: Annotated[list[str], operator.add]


def fetch(page: Page):
    raise RuntimeError("down")


def publish(page: Page):
    return {"log": ["published"]}


def made(handler):
    builder = StateGraph(Page)
    builder.add_node("fetch", fetch, error_handler=handler)
    builder.add_node("publish", publish)
    builder.add_edge(START, "fetch")
    builder.add_edge("fetch", "publish")
    builder.add_edge("publish", END)
    return builder.compile()


silent = made(lambda page: {"log": ["coped"]}).invoke({"log": []})["log"]
led = made(lambda page: Command(update={"log": ["coped"]}, goto="publish")).invoke({"log": []})["log"]
assert silent == ["coped"], silent
assert led == ["coped", "published"], led
print("a plain update:", silent)
print("with a goto:", led)
PY
