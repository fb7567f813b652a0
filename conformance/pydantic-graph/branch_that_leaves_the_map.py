"""Where one item of a map goes to the end, the run ends with it: the join is not waited for.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from typing import Any

from pydantic_graph import GraphBuilder, StepContext, reduce_list_append

g = GraphBuilder(input_type=int, output_type=Any)



@g.step
async def split(ctx: StepContext[None, None, int]) -> list[int]:
    return list(range(ctx.inputs))


@g.step
async def work(ctx: StepContext[None, None, int]) -> int | str:
    return "odd" if ctx.inputs == 1 else ctx.inputs


@g.step
async def give_up(ctx: StepContext[None, None, str]) -> str:
    return "gave up"


collect = g.join(reduce_list_append, initial_factory=list)
g.add(
    g.edge_from(g.start_node).to(split),
    g.edge_from(split).map().to(work),
    g.edge_from(work).to(g.decision().branch(g.match(int).to(collect)).branch(g.match(str).to(give_up))),
    g.edge_from(give_up).to(g.end_node),
    g.edge_from(collect).to(g.end_node),
)
graph = g.build()

if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(graph.run(inputs=3))}))
