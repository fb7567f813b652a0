"""A step that no edge names is no part of the graph, and nothing is said.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext

g = GraphBuilder(output_type=str)


@g.step
async def first(ctx: StepContext[None, None, None]) -> str:
    return "first"


@g.step
async def forgotten(ctx: StepContext[None, None, str]) -> str:
    return "second"


g.add(g.edge_from(g.start_node).to(first), g.edge_from(first).to(g.end_node))
graph = g.build()
if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(graph.run()), "has": "forgotten" in map(str, graph.nodes)}))
