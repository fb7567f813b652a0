#!/usr/bin/env bash
# Which handler of an Agent Framework executor takes a message depends on how the methods are named.
# Most expect: of a handler for a class and one for its subclass the closer one takes the message, or the first one written.
# What happens: methods are looked through in the order of their names, and the first whose class fits is called; renaming
# `rush` to `a_rush` changes who handles an order. wflint says which handler never runs: WF407.
# Seen with agent-framework-core 1.23.0, Python 3.11, 2026-11-29.
# Usage: ./agent-framework-handlers-are-asked-by-name.sh   (PYTHON=... takes an environment that has the package already)
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

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler
from typing_extensions import Never


class Order:
    pass


class Rush(Order):
    pass


class Desk(Executor):
    @handler
    async def rush(self, message: Rush, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output("rush")

    @handler
    async def order(self, message: Order, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output("order")


class SameDesk(Executor):
    @handler
    async def order(self, message: Order, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output("order")

    @handler
    async def a_rush(self, message: Rush, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output("rush")


def handled(desk):
    return asyncio.run(WorkflowBuilder(start_executor=desk).build().run(Rush())).get_outputs()


first, second = handled(Desk(id="desk")), handled(SameDesk(id="desk"))
assert first == ["order"], first
assert second == ["rush"], second
print("rush written first, named rush:", first[0])
print("rush written last, named a_rush:", second[0])
PY
