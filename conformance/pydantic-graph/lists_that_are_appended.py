"""A join that appends makes one item of each list that it gets; one that extends puts their items together.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext
from pydantic_graph.join import reduce_list_append

g = GraphBuilder(output_type=list)


@g.step
async def left(ctx: StepContext[None, None, None]) -> list[str]:
    return ["a"]


@g.step
async def right(ctx: StepContext[None, None, None]) -> list[str]:
    return ["a"]


notes = g.join(reduce_list_append, initial_factory=list[str])


@g.step
async def write(ctx: StepContext[None, None, list[str]]) -> list:
    return ctx.inputs


g.add(
    g.edge_from(g.start_node).to(left, right),
    g.edge_from(left, right).to(notes),
    g.edge_from(notes).to(write),
    g.edge_from(write).to(g.end_node),
)
graph = g.build()
if __name__ == "__main__":
    print(json.dumps({"notes": asyncio.run(graph.run())}))
