"""A step that fails ends the run, and what another branch is doing is cancelled.

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
ran = []


@g.step
async def begin(ctx: StepContext[None, None, None]) -> str:
    return "tea"


@g.step
async def quick(ctx: StepContext[None, None, str]) -> str:
    raise ValueError("no tea")


@g.step
async def slow(ctx: StepContext[None, None, str]) -> str:
    await asyncio.sleep(0.2)
    ran.append("slow")
    return "slow"


collect = g.join(reduce_list_append, initial_factory=list[str])
g.add(
    g.edge_from(g.start_node).to(begin),
    g.edge_from(begin).to(quick, slow),
    g.edge_from(quick, slow).to(collect),
    g.edge_from(collect).to(g.end_node),
)
graph = g.build()
if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(graph.run()))[0], "ran": ran}))
