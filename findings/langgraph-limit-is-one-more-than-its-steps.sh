#!/usr/bin/env bash
# A LangGraph run with `recursion_limit=4` fails in a graph of four steps, after all four have run.
# Most expect: a limit of four supersteps lets four steps run, one after the other.
# What happens: the run has to be allowed one superstep more than it has steps: the look that finds nothing to do counts, too.
# Seen with langgraph 1.2.24, Python 3.11, 2026-11-30.
# Usage: ./langgraph-limit-is-one-more-than-its-steps.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "langgraph==1.2.24"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > chain.py <<'PY'
from typing import TypedDict

from langgraph.errors import GraphRecursionError
from langgraph.graph import END, START, StateGraph


class Page(TypedDict):
    text: str


ran = []


def step(name):
    def run(page: Page):
        ran.append(name)
        return {"text": page["text"] + name}

    return name, run


builder = StateGraph(Page)
builder.add_sequence([step(name) for name in "abcd"])
builder.add_edge(START, "a")
builder.add_edge("d", END)
graph = builder.compile()
try:
    graph.invoke({"text": ""}, {"recursion_limit": 4})
    raised = ""
except GraphRecursionError as error:
    raised = type(error).__name__
assert raised and ran == ["a", "b", "c", "d"], (raised, ran)
print(f"limit 4: {raised}, though {ran} have run")
print("limit 5:", graph.invoke({"text": ""}, {"recursion_limit": 5})["text"])
PY
"$PYTHON" chain.py
