#!/usr/bin/env bash
# A pydantic-graph edge that is added twice runs its target twice, and all that follows.
# Most expect: adding an edge that is there already changes nothing, or is refused, as with ids of steps.
# What happens: the source becomes a fork with two equal branches: the target runs once for each of them.
# Seen with pydantic-graph 2.68.0, Python 3.11, 2026-11-29.
# Usage: ./pydantic-graph-edge-twice-runs-twice.sh   (PYTHON=... takes an environment that has pydantic-graph already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "pydantic-graph==2.68.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" - <<'PY'
import asyncio

from pydantic_graph import GraphBuilder, StepContext, reduce_list_append

ran = []
g = GraphBuilder(input_type=int, output_type=list[int])


@g.step
async def load(ctx: StepContext[None, None, int]) -> int:
    ran.append("load")
    return ctx.inputs


@g.step
async def pay(ctx: StepContext[None, None, int]) -> int:
    ran.append("pay")
    return ctx.inputs


collect = g.join(reduce_list_append, initial_factory=list)
g.add(g.edge_from(g.start_node).to(load), g.edge_from(load).to(pay))
g.add(g.edge_from(load).to(pay))
g.add(g.edge_from(pay).to(collect), g.edge_from(collect).to(g.end_node))
result = asyncio.run(g.build().run(inputs=1))
assert result == [1, 1], result
assert ran == ["load", "pay", "pay"], ran
print("ran:", ran)
print("result:", result)
PY
