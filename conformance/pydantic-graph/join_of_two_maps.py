"""A join behind a map within a map gathers what both made, once.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext

from pydantic_graph.join import reduce_list_append

g = GraphBuilder(output_type=list[list[str]])
ran = []


@g.step
async def groups(ctx: StepContext[None, None, None]) -> list[list[str]]:
    return [["a", "b"], ["c"]]


@g.step
async def names(ctx: StepContext[None, None, list[str]]) -> list[str]:
    return ctx.inputs


@g.step
async def work(ctx: StepContext[None, None, str]) -> str:
    return ctx.inputs + "!"


@g.step
async def after(ctx: StepContext[None, None, list[str]]) -> list[str]:
    ran.append(sorted(ctx.inputs))
    return ctx.inputs


collect = g.join(reduce_list_append, initial_factory=list[str])
g.add(
    g.edge_from(g.start_node).to(groups),
    g.edge_from(groups).map().to(names),
    g.edge_from(names).map().to(work),
    g.edge_from(work).to(collect),
    g.edge_from(collect).to(after),
    g.edge_from(after).to(g.end_node),
)
graph = g.build()
if __name__ == "__main__":
    asyncio.run(graph.run())
    print(json.dumps({"ran": ran}))
