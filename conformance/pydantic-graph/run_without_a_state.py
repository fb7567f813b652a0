"""A run that is given no state has none, even where the state's class could be made of nothing.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from dataclasses import dataclass

from pydantic_graph import GraphBuilder, StepContext


@dataclass
class Count:
    steps: int = 0


g = GraphBuilder(state_type=Count, input_type=int, output_type=int)


@g.step
async def walk(ctx: StepContext[Count, None, int]) -> int:
    return ctx.state.steps + ctx.inputs


g.add(g.edge_from(g.start_node).to(walk), g.edge_from(walk).to(g.end_node))
graph = g.build()
if __name__ == "__main__":
    try:
        asyncio.run(graph.run(inputs=1))
        failed = ""
    except AttributeError as error:
        failed = str(error)
    print(json.dumps({"failed": failed, "given": asyncio.run(graph.run(state=Count(2), inputs=1))}))
