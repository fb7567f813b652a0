#!/usr/bin/env bash
# LangGraph's default `RetryPolicy` makes no second attempt after a time-out or an answer that could not be parsed.
# Most expect: `RetryPolicy(max_attempts=3)` tries three times whatever a model call raises, or at least what is transient.
# What happens: all kinds of OSError (TimeoutError among them), ValueError (validation and parser errors) and RuntimeError
# are left out; ConnectionError alone is not. A bare Exception is tried again.
# Seen with langgraph 1.2.24, Python 3.11, 2026-11-29.
# Usage: ./langgraph-default-retry-leaves-out-timeouts-and-parsing.sh   (PYTHON=... takes an environment that has the package already)
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

from langchain_core.exceptions import OutputParserException
from langgraph.graph import END, START, StateGraph
from langgraph.types import RetryPolicy


class Letter(TypedDict, total=False):
    text: str


def attempts(problem):
    made = []

    def write(letter: Letter):
        made.append(1)
        raise problem

    builder = StateGraph(Letter)
    builder.add_node("write", write, retry_policy=RetryPolicy(max_attempts=3, initial_interval=0.001))
    builder.add_edge(START, "write")
    builder.add_edge("write", END)
    try:
        builder.compile().invoke({"text": "x"})
    except type(problem):
        return len(made)


once = [OutputParserException("no JSON"), TimeoutError("too slow"), RuntimeError("busy")]
for problem in once:
    assert attempts(problem) == 1, problem
    print(type(problem).__name__, "1 attempt")
for problem in (ConnectionError("gone"), Exception("odd")):
    assert attempts(problem) == 3, problem
    print(type(problem).__name__, "3 attempts")
PY
