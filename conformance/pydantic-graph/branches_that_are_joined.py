"""A join before the end waits for all branches.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext, reduce_list_append


g = GraphBuilder(input_type=int, output_type=list[str])


@g.step
async def web(ctx: StepContext[None, None, int]) -> str:
    return "web"


@g.step
async def files(ctx: StepContext[None, None, int]) -> str:
    await asyncio.sleep(0.1)
    return "files"


both = g.join(reduce_list_append, initial_factory=list[str])
g.add(
    g.edge_from(g.start_node).to(web, files),
    g.edge_from(web, files).to(both),
    g.edge_from(both).to(g.end_node),
)
graph = g.build()
if __name__ == "__main__":
    print(json.dumps({"result": sorted(asyncio.run(graph.run(inputs=1)))}))
