"""A join after a map of an empty list never runs, unless the map is told of it: then the run gives its start value.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext, reduce_list_append


def built(told):
    g = GraphBuilder(input_type=list[int], output_type=list[int])

    @g.step
    async def square(ctx: StepContext[None, None, int]) -> int:
        return ctx.inputs**2

    collect = g.join(reduce_list_append, initial_factory=list, node_id="collect")
    g.add(
        g.edge_from(g.start_node).map(downstream_join_id=told).to(square),
        g.edge_from(square).to(collect),
        g.edge_from(collect).to(g.end_node),
    )
    return g.build()


graph = built(None)
if __name__ == "__main__":
    try:
        asyncio.run(graph.run(inputs=[]))
        failed = ""
    except RuntimeError as error:
        failed = str(error).partition(".")[0]
    print(json.dumps({"failed": failed, "told": asyncio.run(built("collect").run(inputs=[]))}))
