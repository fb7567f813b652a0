"""A step that gives None ends nothing: the next one runs with None.

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



g = GraphBuilder(input_type=int, output_type=int)


@g.step
async def begin(ctx: StepContext[None, None, int]) -> int | None:
    return None


@g.step
async def work(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs + 1


g.add(g.edge_from(g.start_node).to(begin), g.edge_from(begin).to(work), g.edge_from(work).to(g.end_node))
graph = g.build()


async def main():
    return await graph.run(inputs=9)


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(main)[0]}))
