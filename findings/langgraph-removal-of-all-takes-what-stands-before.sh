#!/usr/bin/env bash
# LangGraph: a summary that is returned before the removal of all messages is removed, too.
# Most expect: one update first removes what was there and then adds what it brings, wherever the removal stands in it;
# removals by id work like that.
# What happens: of the list that a step returns only what follows RemoveMessage(REMOVE_ALL_MESSAGES) is kept: the summary is
# gone, the conversation is empty, and nothing is said.
# Seen with langgraph 1.2.24, Python 3.11, 2026-11-30. wflint says so: WF504.
# Usage: ./langgraph-removal-of-all-takes-what-stands-before.sh   (PYTHON=... takes an environment that has the package already)
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
from langchain_core.messages import AIMessage, HumanMessage, RemoveMessage
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.graph.message import REMOVE_ALL_MESSAGES


def left(update):
    builder = StateGraph(MessagesState)
    builder.add_node("shorten", lambda state: {"messages": update})
    builder.add_edge(START, "shorten")
    builder.add_edge("shorten", END)
    result = builder.compile().invoke({"messages": [HumanMessage("hello", id="1"), HumanMessage("tea?", id="2")]})
    return [message.content for message in result["messages"]]


summary = AIMessage("They want tea.")
before = left([summary, RemoveMessage(id=REMOVE_ALL_MESSAGES)])
behind = left([RemoveMessage(id=REMOVE_ALL_MESSAGES), summary])
one_by_one = left([summary, RemoveMessage(id="1"), RemoveMessage(id="2")])
assert (before, behind, one_by_one) == ([], ["They want tea."], ["They want tea."]), (before, behind, one_by_one)
print(f"summary before the removal of all: {before}; behind it: {behind}; before removals by id: {one_by_one}")
PY
