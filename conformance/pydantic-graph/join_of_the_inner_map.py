"""A join that prefers the closest fork runs once for each item of the outer map.

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


inner = g.join(reduce_list_append, initial_factory=list[str], preferred_parent_fork="closest", node_id="inner")
outer = g.join(reduce_list_append, initial_factory=list[list[str]], node_id="outer")
g.add(
    g.edge_from(g.start_node).to(groups),
    g.edge_from(groups).map().to(names),
    g.edge_from(names).map().to(work),
    g.edge_from(work).to(inner),
    g.edge_from(inner).to(after),
    g.edge_from(after).to(outer),
    g.edge_from(outer).to(g.end_node),
)
graph = g.build()
if __name__ == "__main__":
    asyncio.run(graph.run())
    print(json.dumps({"ran": sorted(ran)}))
