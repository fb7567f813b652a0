"""A text that is mapped is mapped letter by letter.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext

from pydantic_graph.join import reduce_list_append

g = GraphBuilder(output_type=list[str])


@g.step
async def name(ctx: StepContext[None, None, None]) -> str:
    return "tea"


@g.step
async def work(ctx: StepContext[None, None, str]) -> str:
    return ctx.inputs + "!"


collect = g.join(reduce_list_append, initial_factory=list[str])
g.add(
    g.edge_from(g.start_node).to(name),
    g.edge_from(name).map().to(work),
    g.edge_from(work).to(collect),
    g.edge_from(collect).to(g.end_node),
)
graph = g.build()
if __name__ == "__main__":
    print(json.dumps({"result": sorted(asyncio.run(graph.run()))}))
