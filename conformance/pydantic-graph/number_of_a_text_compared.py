"""What a decision looks at is handed on to the branch it takes as it is.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from dataclasses import dataclass, field

from pydantic_graph import BaseNode, End, GraphBuilder, GraphRunContext, StepContext
from pydantic_graph.join import reduce_list_append


def outcome(do):
    try:
        return ["", asyncio.run(do())]
    except Exception as error:
        return [type(error).__name__, None]


g = GraphBuilder(input_type=str, output_type=str)


@g.step
async def count(ctx: StepContext[None, None, str]) -> int:
    return len(ctx.inputs)


@g.step
async def short(ctx: StepContext[None, None, int]) -> str:
    return f"short {ctx.inputs}"


@g.step
async def long(ctx: StepContext[None, None, int]) -> str:
    return f"long {ctx.inputs}"


g.add(
    g.edge_from(g.start_node).to(count),
    g.edge_from(count).to(
        g.decision().branch(g.match(int, matches=lambda n: n < 5).to(short)).branch(g.match(int).to(long))
    ),
    g.edge_from(short, long).to(g.end_node),
)
graph = g.build()


async def main():
    return await graph.run(inputs="tea")


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
