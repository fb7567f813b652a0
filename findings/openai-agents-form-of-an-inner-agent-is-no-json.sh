#!/usr/bin/env bash
# The structured answer of an agent that is a tool reaches the outer model as Python's own notation, not as JSON.
# Most expect: `agent.as_tool()` of an agent with an `output_type` hands on the JSON that its model wrote.
# What happens: the object is made a text with `str`: `amount=3 paid=True`, which no JSON parser takes and in which nested
# objects and None look like Python. The same holds for function tools that return a pydantic object or a dict.
# Seen with openai-agents 0.24.0, Python 3.11, 2026-11-29.
# Usage: ./openai-agents-form-of-an-inner-agent-is-no-json.sh   (PYTHON=... takes an environment that has the package already)
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


class Bill(BaseModel):
    amount: int
    paid: bool
    note: str | None = None


@function_tool
def look_up() -> dict:
    """Looks the bill up."""
    return {"amount": 3, "paid": True, "note": None}


answer = assistant_message('{"amount": 3, "paid": true}')
teller = Agent(name="teller", output_type=Bill, model=ScriptedModel([[answer]]))
calls = [function_call("ask_teller", {"input": "x"}, call_id="1"), function_call("look_up", {}, call_id="2")]
desk = Agent(
    name="desk",
    tools=[teller.as_tool("ask_teller", "Asks."), look_up],
    model=ScriptedModel([calls, [assistant_message("done")]]),
)
result = asyncio.run(Runner.run(desk, "go"))
told = [item.raw_item["output"] for item in result.new_items if item.type == "tool_call_output_item"]
assert told == ["amount=3 paid=True note=None", "{'amount': 3, 'paid': True, 'note': None}"], told
print("of the agent:", told[0])
print("of the function:", told[1])
PY
