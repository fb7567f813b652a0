"""A step that two branches lead to runs once for each of them, unless a join comes before it.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext, reduce_list_append

g = GraphBuilder(input_type=int, output_type=list[int])
ran = []


@g.step
async def left(ctx: StepContext[None, None, int]) -> int:
    return 1


@g.step
async def right(ctx: StepContext[None, None, int]) -> int:
    return 2


@g.step
async def note(ctx: StepContext[None, None, int]) -> int:
    ran.append("note")
    return ctx.inputs


collect = g.join(reduce_list_append, initial_factory=list)
g.add(
    g.edge_from(g.start_node).to(left, right),
    g.edge_from(left, right).to(note),
    g.edge_from(note).to(collect),
    g.edge_from(collect).to(g.end_node),
)
graph = g.build()
if __name__ == "__main__":
    print(json.dumps({"result": sorted(asyncio.run(graph.run(inputs=0))), "ran": ran}))
