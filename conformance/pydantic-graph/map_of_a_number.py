"""A value that is no list cannot be mapped: the run fails.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext, reduce_sum

ran = []


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None


g = GraphBuilder(output_type=int)


@g.step
async def one(ctx: StepContext[None, None, None]) -> int:
    return 1


@g.step
async def work(ctx: StepContext[None, None, int]) -> int:
    return 10


total = g.join(reduce_sum, initial=0)
g.add(
    g.edge_from(g.start_node).to(one),
    g.edge_from(one).map().to(work),
    g.edge_from(work).to(total),
    g.edge_from(total).to(g.end_node),
)
graph = g.build()

if __name__ == "__main__":
    e, r = outcome(lambda: asyncio.run(graph.run()))
    print(json.dumps({"raised": e, "result": r}))
