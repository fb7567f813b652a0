"""Branches that run side by side are handed one object, no copies: what one does to it the other sees.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from dataclasses import dataclass

from pydantic_graph import GraphBuilder, StepContext, reduce_dict_update, reduce_list_append, reduce_list_extend, reduce_sum

ran = []


def outcome(do):
    try:
        return "", asyncio.run(do)
    except Exception as error:
        return type(error).__name__, None


g = GraphBuilder(input_type=int, output_type=list)


@g.step
async def write(ctx: StepContext[None, None, int]) -> list[str]:
    return ["tea"]


@g.step
async def left(ctx: StepContext[None, None, list[str]]) -> int:
    ctx.inputs.append("left")
    return len(ctx.inputs)


@g.step
async def right(ctx: StepContext[None, None, list[str]]) -> int:
    await asyncio.sleep(0.1)
    return len(ctx.inputs)


both = g.join(reduce_list_append, initial_factory=list[int])
g.add(
    g.edge_from(g.start_node).to(write),
    g.edge_from(write).to(left, right),
    g.edge_from(left, right).to(both),
    g.edge_from(both).to(g.end_node),
)
graph = g.build()

if __name__ == "__main__":
    print(json.dumps({"lengths": outcome(graph.run(inputs=1))[1]}))
