#!/usr/bin/env bash
# Of two hand-offs to agents whose names differ in case or blanks only, the Agents SDK takes the last one.
# Most expect: both agents can be reached, or the second hand-off is refused.
# What happens: both are offered to the model under one tool name, and the call of it leads to the last agent in the list; a log line is all.
# Seen with openai-agents 0.24.0, Python 3.11, 2026-11-29.
# Usage: ./openai-agents-handoffs-of-one-name.sh   (PYTHON=... takes an environment that has openai-agents already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "openai-agents==0.24.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" - <<'PY'
import asyncio

from agents import Agent, Runner, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


def reached(*names):
    agents = [Agent(name=name, model=ScriptedModel([[assistant_message(f"I am {name}")]])) for name in names]
    call = function_call("transfer_to_night_desk", {}, call_id="one")
    hall = Agent(name="hall", handoffs=agents, model=ScriptedModel([[call]]))
    return asyncio.run(Runner.run(hall, "hello")).last_agent.name


first, second = reached("Night Desk", "night_desk"), reached("night_desk", "Night Desk")
assert first == "night_desk", first
assert second == "Night Desk", second
print("Night Desk, night_desk:", first)
print("night_desk, Night Desk:", second)
PY
