#!/usr/bin/env bash
# A plain function as the `custom_output_extractor` of an agent that is a tool loses what the agent found.
# Most expect: a plain function is called, as one for instructions or for a hand-off is, or it is refused.
# What happens: its text is waited for, which fails; the inner agent has done its work, the outer model is told of an error, and the run goes on.
# Seen with openai-agents 0.24.0, Python 3.11, 2026-11-30.
# Usage: ./openai-agents-extractor-has-to-be-async.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "openai-agents==0.24.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > ask.py <<'PY'
import asyncio

from agents import Agent, Runner, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


def plain(result):
    return str(result.final_output)


async def waited(result):
    return str(result.final_output)


def told(extractor):
    inner = Agent(name="inner", instructions="Find.", model=ScriptedModel([[assistant_message("found it")]]))
    tool = inner.as_tool(tool_name="ask", tool_description="Ask.", custom_output_extractor=extractor)
    script = [[function_call("ask", '{"input": "x"}', call_id="1")], [assistant_message("done")]]
    outer = Agent(name="outer", instructions="Ask.", tools=[tool], model=ScriptedModel(script))
    result = asyncio.run(Runner.run(outer, "go"))
    return next(item.output for item in result.new_items if item.type == "tool_call_output_item")


lost, kept = told(plain), told(waited)
assert "found it" not in lost and "found it" in kept, (lost, kept)
print("a plain function:", lost)
print("a coroutine:", kept)
PY
"$PYTHON" ask.py
