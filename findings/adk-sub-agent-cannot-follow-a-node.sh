#!/usr/bin/env bash
# Making an agent a sub-agent somewhere makes a graph that has it behind another node impossible.
# Most expect: an agent may be used in a graph whatever else holds it; the graph does not touch its parent.
# What happens: an agent without a `mode` that has a parent is taken to be in chat mode, and agents in chat mode may
# only come first. The message speaks of mode='chat', which nobody has set.
# Seen with google-adk 2.13.0, Python 3.11, 2026-11-29. wflint says it first: WF304.
# Usage: ./adk-sub-agent-cannot-follow-a-node.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "google-adk==2.13.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" - <<'PY'
from google.adk.agents import LlmAgent
from google.adk.workflow import Workflow


def begin(node_input):
    return "go"


def build(*, held):
    writer = LlmAgent(name="writer", model="gemini-2.5-flash", instruction="Write.")
    if held:
        LlmAgent(name="editor", model="gemini-2.5-flash", instruction="Edit.", sub_agents=[writer])
    try:
        Workflow(name="w", edges=[("START", begin, writer)])
    except ValueError as error:
        return str(error)
    return ""


alone, held = build(held=False), build(held=True)
assert not alone and "mode='chat' following node" in held, (alone, held)
print("an agent without a parent: accepted")
print(f"the same agent with a parent: {held.splitlines()[-2].strip() if len(held.splitlines()) > 1 else held}")
PY
