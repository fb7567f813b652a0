#!/usr/bin/env bash
# With `stop_on_first_tool` a tool that fails gives an agent of the Agents SDK its final output.
# Most expect: the run fails, or the model is asked once more, as it is after a failure without this setting.
# What happens: the sentence that would tell the model of the failure is the answer of a run that ended well: "An error
# occurred while running the tool. Please try again." is what the user is shown, or the next step works with.
# Seen with openai-agents 0.24.0, Python 3.11, 2026-12-01.
# Usage: ./openai-agents-failure-of-the-first-tool-is-the-answer.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "openai-agents==0.24.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > program.py <<'PY'
import asyncio

from agents import Agent, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


@function_tool
def price(item: str) -> str:
    """Look a price up."""
    raise ConnectionError("the shop is closed")


def answer(**options):
    model = ScriptedModel([[function_call("price", {"item": "tea"}, call_id="1")], [assistant_message("closed today")]])
    desk = Agent(name="desk", instructions="Tell prices.", tools=[price], model=model, **options)
    return asyncio.run(Runner.run(desk, "tea?")).final_output


plain, stopping = answer(), answer(tool_use_behavior="stop_on_first_tool")
assert plain == "closed today" and stopping.startswith("An error occurred while running the tool"), (plain, stopping)
print("the model answers:", plain)
print("stop_on_first_tool:", stopping)
PY
"$PYTHON" program.py
