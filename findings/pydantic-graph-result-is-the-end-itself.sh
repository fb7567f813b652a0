#!/usr/bin/env bash
# A step that returns `End("done")` gives the run an End as its result, not "done".
# Most expect: `End[str]` ends a graph with its text, as it does where a node class returns it.
# What happens: the builder leads the step to the end because of its annotation, and `graph.run()` gives `End(data='done')`.
# Seen with pydantic-graph 2.68.0, Python 3.11, 2026-11-30.
# Usage: ./pydantic-graph-result-is-the-end-itself.sh   (PYTHON=... takes an environment that has the package already)
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
from dataclasses import dataclass

from pydantic_graph import BaseNode, End, GraphBuilder, StepContext


@dataclass
class Last(BaseNode[None, None, str]):
    async def run(self, ctx) -> End[str]:
        return End("done")


def graph(returned, value):
    g = GraphBuilder(output_type=str)

    async def first(ctx: StepContext[None, None, None]):
        return value

    first.__annotations__["return"] = returned
    g.add(g.node(Last), g.edge_from(g.start_node).to(g.step(first)))
    return g.build(validate_graph_structure=False)


by_step = asyncio.run(graph(End[str], End("done")).run())
by_node = asyncio.run(graph(Last, Last()).run())
assert (by_step, by_node) == (End("done"), "done"), (by_step, by_node)
print(f"a step that returns End: {by_step!r}; a node that does: {by_node!r}")
PY
