"""Workers side by side that read a count, wait, and set it lose what the others counted meanwhile.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from dataclasses import dataclass

from pydantic_graph import GraphBuilder, StepContext
from pydantic_graph.join import reduce_list_append, reduce_null, reduce_sum


def outcome(do):
    try:
        return "", asyncio.run(do())
    except Exception as error:
        return type(error).__name__, None




@dataclass
class Count:
    n: int = 0


g = GraphBuilder(state_type=Count, input_type=int, output_type=int)


@g.step
async def work(ctx: StepContext[Count, None, int]) -> int:
    n = ctx.state.n
    await asyncio.sleep(0.05)
    ctx.state.n = n + 1
    return n


@g.step
async def split(ctx: StepContext[Count, None, int]) -> list[int]:
    return [1, 2, 3]


gather = g.join(reduce_list_append, initial_factory=list[int])


@g.step
async def end(ctx: StepContext[Count, None, list[int]]) -> int:
    return ctx.state.n


g.add(
    g.edge_from(g.start_node).to(split),
    g.edge_from(split).map().to(work),
    g.edge_from(work).to(gather),
    g.edge_from(gather).to(end),
    g.edge_from(end).to(g.end_node),
)
graph = g.build()


async def main():
    return await graph.run(inputs=9, state=Count())


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)[1]}))
