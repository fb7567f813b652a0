"""True is a number: a branch for int before one for bool takes it.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from typing import Any

from pydantic_graph import GraphBuilder, StepContext

g = GraphBuilder(input_type=int, output_type=Any)



@g.step
async def judge(ctx: StepContext[None, None, int]) -> int | bool:
    return True


@g.step
async def count(ctx: StepContext[None, None, int]) -> str:
    return "count"


@g.step
async def decide(ctx: StepContext[None, None, bool]) -> str:
    return "decide"


g.add(
    g.edge_from(g.start_node).to(judge),
    g.edge_from(judge).to(g.decision().branch(g.match(int).to(count)).branch(g.match(bool).to(decide))),
    g.edge_from(count, decide).to(g.end_node),
)
graph = g.build()

if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(graph.run(inputs=1))}))
