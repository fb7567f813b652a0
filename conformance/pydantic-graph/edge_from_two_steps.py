"""One edge from two steps is two edges: what follows runs once for each.

pydantic-ai 2.68.0.
"""

import asyncio
import json
from dataclasses import dataclass

from pydantic_graph import GraphBuilder, StepContext, reduce_list_append

ran = []


def outcome(do):
    try:
        return ["", asyncio.run(do)]
    except Exception as error:
        return [type(error).__name__, None]


g = GraphBuilder(input_type=int, output_type=list[int])


@g.step
async def double(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs * 2


@g.step
async def square(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs**2


@g.step
async def note(ctx: StepContext[None, None, int]) -> int:
    ran.append(ctx.inputs)
    return ctx.inputs


gather = g.join(reduce_list_append, initial_factory=list[int])
g.add(
    g.edge_from(g.start_node).to(double, square),
    g.edge_from(double, square).to(note),
    g.edge_from(note).to(gather),
    g.edge_from(gather).to(g.end_node),
)
graph = g.build()


async def main():
    return sorted(await graph.run(inputs=3))


if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(main()), "ran": sorted(ran)}))
