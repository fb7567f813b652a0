"""A join after a map has the results in the order in which they come, not in that of the list.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext, reduce_list_append

ran = []


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None


g = GraphBuilder(output_type=list[int])


@g.step
async def three(ctx: StepContext[None, None, None]) -> list[int]:
    return [3, 2, 1]


@g.step
async def work(ctx: StepContext[None, None, int]) -> int:
    await asyncio.sleep(ctx.inputs / 20)
    return ctx.inputs


every = g.join(reduce_list_append, initial_factory=list)
g.add(
    g.edge_from(g.start_node).to(three),
    g.edge_from(three).map().to(work),
    g.edge_from(work).to(every),
    g.edge_from(every).to(g.end_node),
)
graph = g.build()

if __name__ == "__main__":
    e, r = outcome(lambda: asyncio.run(graph.run()))
    print(json.dumps({"raised": e, "result": r}))
