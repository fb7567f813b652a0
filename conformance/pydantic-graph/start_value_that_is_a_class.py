"""The start value of a join is the value itself: a class in its place fails the run.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext
from pydantic_graph.join import reduce_list_append


def outcome(do):
    try:
        return str(do())
    except Exception as error:
        return type(error).__name__


g = GraphBuilder(output_type=list)


@g.step
async def begin(ctx: StepContext[None, None, None]) -> list[int]:
    return [1, 2]


@g.step
async def work(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs


gather = g.join(reduce_list_append, initial=list)
g.add(
    g.edge_from(g.start_node).to(begin),
    g.edge_from(begin).map().to(work),
    g.edge_from(work).to(gather),
    g.edge_from(gather).to(g.end_node),
)

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(g.build().run()))}))
