"""A list as `initial` is one list for all runs: the second run begins with what the first one collected.

pydantic-graph 2.68.0: `initial_factory` makes a new one for each run.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext, reduce_list_append

g = GraphBuilder(input_type=list[int], output_type=list[int])


@g.step
async def square(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs**2


collect = g.join(reduce_list_append, initial=[], node_id="collect")
g.add(
    g.edge_from(g.start_node).map(downstream_join_id="collect").to(square),
    g.edge_from(square).to(collect),
    g.edge_from(collect).to(g.end_node),
)
graph = g.build()
if __name__ == "__main__":
    first = list(asyncio.run(graph.run(inputs=[1, 2])))
    second = list(asyncio.run(graph.run(inputs=[3])))
    print(json.dumps({"first": first, "second": second}))
