#!/usr/bin/env bash
# A pydantic-graph join with `initial=[]` hands what one run collected to the next run.
# Most expect: each run of a built graph begins with the start value that is written: an empty list.
# What happens: the library's own `reduce_list_append` changes that one list, so the second run begins with the first one's items.
# Seen with pydantic-graph 2.68.0, Python 3.11, 2026-11-29.
# Usage: ./pydantic-graph-joins-share-their-initial.sh   (PYTHON=... takes an environment that has pydantic-graph already)
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


def built(**start):
    g = GraphBuilder(input_type=list[int], output_type=list[int])

    @g.step
    async def square(ctx: StepContext[None, None, int]) -> int:
        return ctx.inputs**2

    collect = g.join(reduce_list_append, **start)
    g.add(
        g.edge_from(g.start_node).map().to(square),
        g.edge_from(square).to(collect),
        g.edge_from(collect).to(g.end_node),
    )
    return g.build()


def twice(graph):
    return [list(asyncio.run(graph.run(inputs=numbers))) for numbers in ([1, 2], [3])]


shared, fresh = twice(built(initial=[])), twice(built(initial_factory=list))
assert shared == [[1, 4], [1, 4, 9]], shared
assert fresh == [[1, 4], [9]], fresh
print("initial=[]:", shared)
print("initial_factory=list:", fresh)
PY
