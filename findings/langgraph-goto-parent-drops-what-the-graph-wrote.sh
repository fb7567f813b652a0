#!/usr/bin/env bash
# LangGraph: a graph that goes to a step of the graph around it leaves behind what its other steps wrote.
# Most expect: the nested graph shares its state with the outer one, so fields that its steps have written by then are
# there, as they are when it ends in any other way.
# What happens: the goto is an exception that carries its own `update` and nothing else; the nested graph never returns, so
# its writes are lost. Reading one of them fails, or shows what was there before.
# Seen with langgraph 1.2.24, Python 3.11, 2026-11-30.
# Usage: ./langgraph-goto-parent-drops-what-the-graph-wrote.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "langgraph==1.2.24"
    PYTHON="$folder/venv/bin/python"
fi
cat > "$folder/program.py" <<'PROGRAM'
from typing import TypedDict

from langgraph.graph import START, StateGraph
from langgraph.types import Command


class State(TypedDict, total=False):
    topic: str
    note: str


def take_notes(state: State):
    return {"note": f"about {state['topic']}"}


def end(state: State):
    return {}


def leave(state: State):
    return Command(graph=Command.PARENT, goto="report")


def report(state: State):
    return {}


def run(last):
    inner = StateGraph(State)
    inner.add_node("take_notes", take_notes)
    inner.add_node("last", last)
    inner.add_edge(START, "take_notes")
    inner.add_edge("take_notes", "last")
    outer = StateGraph(State)
    outer.add_node("study", inner.compile(), destinations=("report",))
    outer.add_node("report", report)
    outer.add_edge(START, "study")
    return outer.compile().invoke({"topic": "tea"}).get("note")


print("ended:", run(end))
print("left by a goto:", run(leave))
PROGRAM
seen=$("$PYTHON" "$folder/program.py" 2> /dev/null)
echo "$seen"
expected=$'ended: about tea\nleft by a goto: None'
if [ "$seen" = "$expected" ]; then
    echo "Behaviour seen: what the first step wrote is gone where the last one leaves by a goto."
else
    echo "The behaviour has changed."
    exit 1
fi
