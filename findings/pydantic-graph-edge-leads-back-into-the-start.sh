#!/usr/bin/env bash
# A pydantic-graph edge may lead back into the start node: that makes a loop.
# Most expect: the start is a mark, not a step, and an edge into it is refused, as other frameworks refuse it.
# What happens: what gets there is the input of the graph once more; the type of the input is not looked at again.
# Seen with pydantic-graph 2.68.0, Python 3.11, 2026-11-30.
# Usage: ./pydantic-graph-edge-leads-back-into-the-start.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "pydantic-graph==2.68.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > count.py <<'PY'
import asyncio

from pydantic_graph import GraphBuilder, StepContext

g = GraphBuilder(input_type=int, output_type=int)
seen = []


@g.step
async def count(ctx: StepContext[None, None, int]) -> int:
    seen.append(ctx.inputs)
    return ctx.inputs + 1


again = g.decision().branch(g.match(int, matches=lambda n: n > 3).to(g.end_node)).branch(g.match(int).to(g.start_node))
g.add(g.edge_from(g.start_node).to(count), g.edge_from(count).to(again))
result = asyncio.run(g.build().run(inputs=1))
assert (result, seen) == (4, [1, 2, 3]), (result, seen)
print("result:", result, "after the inputs", seen)
PY
"$PYTHON" count.py
