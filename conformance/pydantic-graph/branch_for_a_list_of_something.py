"""A decision cannot tell lists by what is in them: a branch for list[int] fails the run.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from typing import Any

from pydantic_graph import GraphBuilder, StepContext, TypeExpression

g = GraphBuilder(input_type=int, output_type=Any)



@g.step
async def find(ctx: StepContext[None, None, int]) -> list[int] | str:
    return [1, 2]


@g.step
async def add(ctx: StepContext[None, None, list[int]]) -> int:
    return sum(ctx.inputs)


@g.step
async def show(ctx: StepContext[None, None, str]) -> str:
    return ctx.inputs


g.add(
    g.edge_from(g.start_node).to(find),
    g.edge_from(find).to(g.decision().branch(g.match(TypeExpression[list[int]]).to(add)).branch(g.match(str).to(show))),
    g.edge_from(add, show).to(g.end_node),
)
graph = g.build()

if __name__ == "__main__":
    try:
        result = asyncio.run(graph.run(inputs=1))
    except RuntimeError as error:
        result = str(error)
    print(json.dumps({"result": result}))
