"""A value that no branch of a decision takes fails the run.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from typing import Any

from pydantic_graph import GraphBuilder, StepContext

g = GraphBuilder(input_type=int, output_type=Any)



@g.step
async def find(ctx: StepContext[None, None, int]) -> int | str:
    return ctx.inputs


@g.step
async def show(ctx: StepContext[None, None, str]) -> str:
    return ctx.inputs


g.add(
    g.edge_from(g.start_node).to(find),
    g.edge_from(find).to(g.decision().branch(g.match(str).to(show))),
    g.edge_from(show).to(g.end_node),
)
graph = g.build()

if __name__ == "__main__":
    try:
        result = asyncio.run(graph.run(inputs=1))
    except RuntimeError as error:
        result = str(error)[:27]
    print(json.dumps({"result": result}))
