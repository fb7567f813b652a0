"""A join that reduces to nothing hands on None: a step that reads it fails.

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



g = GraphBuilder(input_type=int, output_type=list[int])


@g.step
async def split(ctx: StepContext[None, None, int]) -> list[int]:
    return [1, 2]


@g.step
async def work(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs


gather = g.join(reduce_null, initial=None)


@g.step
async def after(ctx: StepContext[None, None, list[int]]) -> int:
    return len(ctx.inputs)


g.add(
    g.edge_from(g.start_node).to(split),
    g.edge_from(split).map().to(work),
    g.edge_from(work).to(gather),
    g.edge_from(gather).to(after),
    g.edge_from(after).to(g.end_node),
)
graph = g.build()


async def main():
    return await graph.run(inputs=1)


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(main)[0]}))
