#!/usr/bin/env bash
# With `stop_on_first_tool` an agent of the Agents SDK answers past its output type.
# Most expect: `final_output` is an object of the agent's `output_type`, or the run fails.
# What happens: it is what the tool gave, as it is; nothing is checked, and `result.final_output.amount` fails later.
# Seen with openai-agents 0.24.0, Python 3.11, 2026-11-29.
# Usage: ./openai-agents-first-tool-skips-the-output-type.sh   (PYTHON=... takes an environment that has openai-agents already)
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

from agents import Agent, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call
from pydantic import BaseModel

set_tracing_disabled(True)


class Price(BaseModel):
    amount: int


@function_tool
def look_up(name: str) -> str:
    return "about three"


def answer(behavior):
    script = [[function_call("look_up", {"name": "bread"}, call_id="one")], [assistant_message('{"amount": 3}')]]
    agent = Agent(
        name="shop", output_type=Price, tools=[look_up], tool_use_behavior=behavior, model=ScriptedModel(script)
    )
    return asyncio.run(Runner.run(agent, "bread")).final_output


again, first = answer("run_llm_again"), answer("stop_on_first_tool")
assert again == Price(amount=3), again
assert first == "about three", first
print("run_llm_again:", repr(again))
print("stop_on_first_tool:", repr(first))
PY
