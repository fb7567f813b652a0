"""A number as `initial`, or a reducer that makes a new list, leaves nothing to the next run.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext

g = GraphBuilder(input_type=list[int], output_type=list[int])


def longer(known: list[int], number: int) -> list[int]:
    return [*known, number]


@g.step
async def square(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs**2


collect = g.join(longer, initial=[], node_id="collect")
g.add(
    g.edge_from(g.start_node).map(downstream_join_id="collect").to(square),
    g.edge_from(square).to(collect),
    g.edge_from(collect).to(g.end_node),
)
graph = g.build()
if __name__ == "__main__":
    asyncio.run(graph.run(inputs=[1, 2]))
    print(json.dumps({"second": asyncio.run(graph.run(inputs=[3]))}))
