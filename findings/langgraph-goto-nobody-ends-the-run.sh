#!/usr/bin/env bash
# LangGraph: a `goto`, a router's label or a `Send` that names no step ends the run in silence.
#
# What most expect: an edge to a step that is not there is refused when the graph is compiled ("Found edge ending at
# unknown node"), so a way that is only known at run time, to a step that is not there, fails the run.
#
# What happens: nothing is raised. The run ends where it is, `invoke` returns the state as if it were done, and the steps
# that were to follow never run; a line in the log at level WARNING is all. So a misspelt or renamed step looks like a
# run that came to its end.
#
# langgraph 1.2.24, 2026-11-29; 0.6.11 does the same.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check langgraph==1.2.24
cat > "$folder/program.py" <<'PROGRAM'
from typing import TypedDict

from langgraph.graph import START, StateGraph
from langgraph.types import Command, Send


class Order(TypedDict):
    text: str


def take(order: Order):
    return {"text": "taken"}


def take_and_go(order: Order):
    return Command(update={"text": "taken"}, goto="deliverr")


def deliver(order: Order):
    return {"text": "delivered"}


def run(step, router=None):
    builder = StateGraph(Order)
    builder.add_node("take", step)
    builder.add_node("deliver", deliver)
    builder.add_edge(START, "take")
    if router is not None:
        builder.add_conditional_edges("take", router)
    try:
        return builder.compile().invoke({"text": ""})["text"]
    except Exception as error:
        return type(error).__name__


print("goto:", run(take_and_go))
print("label:", run(take, lambda order: "deliverr"))
print("Send:", run(take, lambda order: [Send("deliverr", order)]))
PROGRAM
seen=$("$folder/venv/bin/python" "$folder/program.py")
echo "$seen"
echo
expected=$'goto: taken\nlabel: taken\nSend: taken'
if [ "$seen" = "$expected" ]; then
    echo "Behaviour seen: each run ends as if it were done, and \"deliver\" never ran."
else
    echo "The behaviour has changed."
    exit 1
fi
