"""Of a decision's branches whose conditions both hold the first one is taken.

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



ran = []
g = GraphBuilder(input_type=int, output_type=int)


@g.step
async def begin(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs


@g.step
async def left(ctx: StepContext[None, None, int]) -> int:
    ran.append("left")
    return 1


@g.step
async def right(ctx: StepContext[None, None, int]) -> int:
    ran.append("right")
    return 2


g.add(
    g.edge_from(g.start_node).to(begin),
    g.edge_from(begin).to(g.decision().branch(g.match(int, matches=lambda n: n > 0).to(left)).branch(g.match(int, matches=lambda n: n > 5).to(right))),
    g.edge_from(left, right).to(g.end_node),
)
graph = g.build()


async def main():
    return await graph.run(inputs=9)


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)[1], "ran": ran}))
