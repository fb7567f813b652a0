#!/usr/bin/env bash
# A message that is sent to a step by name is dropped without a word where no edge leads there.
# Most expect: `ctx.send_message(..., target_id="end")` delivers to that step of the workflow, or raises.
# What happens: the message goes along edges only; the run ends with no output, no event and no error.
# Seen with agent-framework-core 1.23.0, Python 3.11, 2026-11-29. wflint says so: WF407.
# Usage: ./agent-framework-message-to-unconnected-step-is-dropped.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "agent-framework-core==1.23.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" - <<'PY'
import asyncio

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never

ran = []


@executor(id="pick")
async def pick(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(text, target_id="end")


@executor(id="middle")
async def middle(text: str, ctx: WorkflowContext[str]) -> None:
    ran.append("middle")
    await ctx.send_message(text)


@executor(id="end")
async def end(text: str, ctx: WorkflowContext[Never, str]) -> None:
    ran.append("end")
    await ctx.yield_output(text)


async def outputs(workflow):
    ran.clear()
    return (await workflow.run("go")).get_outputs(), list(ran)


def builder():
    return WorkflowBuilder(start_executor=pick).add_edge(pick, middle).add_edge(middle, end)


without = asyncio.run(outputs(builder().build()))
with_edge = asyncio.run(outputs(builder().add_edge(pick, end).build()))
assert without == ([], []) and with_edge == (["go"], ["end"]), (without, with_edge)
print(f"no edge to the named step: outputs {without[0]}, steps that ran {without[1]}, no error")
print(f"with an edge: outputs {with_edge[0]}, steps that ran {with_edge[1]}")
PY
