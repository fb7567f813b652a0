#!/usr/bin/env bash
# What LangGraph steps that run at once add to one list stands there in the alphabetical order of their names.
# Most expect: the order of the edges, or of who is done first.
# What happens: the updates of a superstep are applied sorted by the names of the steps. A report whose parts are "opening",
# "middle" and "closing" begins with the closing; renaming a step reorders what a model is shown.
# Seen with langgraph 1.2.24, Python 3.11, 2026-12-01.
# Usage: ./langgraph-updates-stand-in-order-of-names.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "langgraph==1.2.24"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > program.py <<'PY'
import operator
import time
from typing import Annotated, TypedDict

from langgraph.graph import END, START, StateGraph


class Report(TypedDict):
    parts: Annotated[list[str], operator.add]


def part(name, seconds):
    def write(report: Report):
        time.sleep(seconds)
        return {"parts": [name]}

    return write


def parts(*names):
    builder = StateGraph(Report)
    for number, name in enumerate(names):
        builder.add_node(name, part(name, number / 10))
        builder.add_edge(START, name)
        builder.add_edge(name, END)
    return builder.compile().invoke({"parts": []})["parts"]


plain, renamed = parts("opening", "middle", "closing"), parts("1_opening", "2_middle", "3_closing")
assert plain == ["closing", "middle", "opening"] and renamed == ["1_opening", "2_middle", "3_closing"], (plain, renamed)
print("opening, middle, closing:", plain)
print("the same, renamed:", renamed)
PY
"$PYTHON" program.py
