#!/usr/bin/env bash
# What a nested Agent Framework workflow yields is lost where no step follows it.
# Most expect: a workflow whose last step is a workflow gives the outputs of that one.
# What happens: its outputs are messages to the next step; without one the run ends with no output, no event, no warning,
# unless the executor around it is made with `allow_direct_output=True`.
# Seen with agent-framework-core 1.23.0, Python 3.11, 2026-11-29.
# Usage: ./agent-framework-nested-outputs-end-nowhere.sh   (PYTHON=... takes an environment that has the package already)
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

from agent_framework import WorkflowBuilder, WorkflowContext, WorkflowExecutor, executor
from typing_extensions import Never


@executor(id="start")
async def start(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(text)


@executor(id="write")
async def write(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(text + "!")


def outputs(**options):
    nested = WorkflowExecutor(WorkflowBuilder(start_executor=write).build(), id="nested", **options)
    outer = WorkflowBuilder(start_executor=start).add_edge(start, nested).build()
    return asyncio.run(outer.run("tea")).get_outputs()


silent, direct = outputs(), outputs(allow_direct_output=True)
assert silent == [], silent
assert direct == ["tea!"], direct
print("as it is:", silent)
print("allow_direct_output=True:", direct)
PY
