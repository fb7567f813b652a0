"""One function may be two steps with ids of their own.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext

ran = []


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None


g = GraphBuilder(output_type=int)


async def add(ctx: StepContext[None, None, int | None]) -> int:
    return (ctx.inputs or 0) + 1


first = g.step(add, node_id="first")
second = g.step(add, node_id="second")
g.add(g.edge_from(g.start_node).to(first), g.edge_from(first).to(second), g.edge_from(second).to(g.end_node))
graph = g.build()

if __name__ == "__main__":
    e, r = outcome(lambda: asyncio.run(graph.run()))
    print(json.dumps({"raised": e, "result": r}))
