#!/usr/bin/env bash
# A pydantic-graph decision with a branch for `list[int]` builds, type-checks, and fails the run that gets there.
# Most expect: the branch takes a list, or the graph is refused when it is built.
# What happens: the type is only looked at when a value arrives; nothing can tell a list of numbers from another one, and
# the run raises. A branch before it that takes the value hides the fault. wflint says it first: WF304.
# Seen with pydantic-graph 2.68.0, Python 3.11, 2026-11-29.
# Usage: ./pydantic-graph-branch-for-a-list-fails-the-run.sh   (PYTHON=... takes an environment that has the package already)
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
from typing import Any

from pydantic_graph import GraphBuilder, StepContext, TypeExpression

g = GraphBuilder(input_type=object, output_type=Any)


@g.step
async def find(ctx: StepContext[None, None, object]) -> str | list[int]:
    return ctx.inputs


@g.step
async def show(ctx: StepContext[None, None, str]) -> str:
    return ctx.inputs


@g.step
async def add(ctx: StepContext[None, None, list[int]]) -> int:
    return sum(ctx.inputs)


g.add(
    g.edge_from(g.start_node).to(find),
    g.edge_from(find).to(g.decision().branch(g.match(str).to(show)).branch(g.match(TypeExpression[list[int]]).to(add))),
    g.edge_from(show, add).to(g.end_node),
)
graph = g.build()
assert asyncio.run(graph.run(inputs="tea")) == "tea"
print("a text: tea")
try:
    asyncio.run(graph.run(inputs=[1, 2]))
except RuntimeError as error:
    assert "list[int] is not a valid type" in str(error), error
    print("a list:", error)
else:
    raise SystemExit("the list was taken")
PY
