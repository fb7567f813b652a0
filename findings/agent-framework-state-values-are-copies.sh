#!/usr/bin/env bash
# What a step appends to a list of the state is lost: `get_state` gives a copy, and did not in 1.0.
# Most expect: `ctx.get_state("notes").append(...)` changes the notes that the next step reads, as with agent-framework-core 1.0.1.
# What happens: each `get_state` and `set_state` copies the value, so the note is gone and nothing says so; it has to be set again.
# Seen with agent-framework-core 1.23.0, Python 3.11, 2026-11-30.
# Usage: ./agent-framework-state-values-are-copies.sh   (PYTHON=... takes an environment that has the package already)
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


@executor
async def first(text: str, ctx: WorkflowContext[str]) -> None:
    ctx.set_state("notes", ["first"])
    await ctx.send_message(text)


@executor
async def second(text: str, ctx: WorkflowContext[str]) -> None:
    ctx.get_state("notes").append("second")
    await ctx.send_message(text)


@executor
async def third(text: str, ctx: WorkflowContext[str, list[str]]) -> None:
    await ctx.yield_output(ctx.get_state("notes"))


flow = WorkflowBuilder(start_executor=first).add_chain([first, second, third]).build()
outputs = asyncio.run(flow.run("a")).get_outputs()
assert outputs == [["first"]], outputs
print("notes after two steps wrote:", outputs[0])
PY
