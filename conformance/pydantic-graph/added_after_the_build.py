"""An edge that is added after the graph was built is no part of it.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

g = GraphBuilder(output_type=str)


@g.step
async def first(ctx: StepContext[None, None, None]) -> str:
    return "first"


@g.step
async def second(ctx: StepContext[None, None, str]) -> str:
    return "second"


g.add(g.edge_from(g.start_node).to(first), g.edge_from(first).to(g.end_node))
graph = g.build()
g.add(g.edge_from(first).to(second), g.edge_from(second).to(g.end_node))
if __name__ == "__main__":
    print(json.dumps({"result": outcome(lambda: asyncio.run(graph.run())), "nodes": sorted(map(str, graph.nodes))}))
