"""A join in a loop is fine where the fork that it joins is in the loop, too.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext, reduce_sum

g = GraphBuilder(input_type=int, output_type=int)


@g.step
async def begin(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs


@g.step
async def count(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs + 1


@g.step
async def guess(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs + 2


total = g.join(reduce_sum, initial=0)
enough = (
    g.decision()
    .branch(g.match(int, matches=lambda value: value > 9).to(g.end_node))
    .branch(g.match(int).to(begin))
)
g.add(
    g.edge_from(g.start_node).to(begin),
    g.edge_from(begin).to(count, guess),
    g.edge_from(count, guess).to(total),
    g.edge_from(total).to(enough),
)
graph = g.build()
if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(graph.run(inputs=1))}))
