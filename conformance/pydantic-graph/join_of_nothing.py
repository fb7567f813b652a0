"""A join is told what it begins with: without that its reducer fails.

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

from pydantic_graph.join import reduce_list_append

g = GraphBuilder(output_type=list[str])


@g.step
async def names(ctx: StepContext[None, None, None]) -> list[str]:
    return ["tea"]


@g.step
async def work(ctx: StepContext[None, None, str]) -> str:
    return ctx.inputs + "!"


collect = g.join(reduce_list_append)
g.add(
    g.edge_from(g.start_node).to(names),
    g.edge_from(names).map().to(work),
    g.edge_from(work).to(collect),
    g.edge_from(collect).to(g.end_node),
)
graph = g.build()
if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(graph.run()))[0]}))
