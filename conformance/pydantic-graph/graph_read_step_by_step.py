"""A run that is read step by step has its result once it is read to the end.

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


g = GraphBuilder(input_type=str, output_type=int)


@g.step
async def count(ctx: StepContext[None, None, str]) -> int:
    return len(ctx.inputs)


g.add(g.edge_from(g.start_node).to(count), g.edge_from(count).to(g.end_node))
graph = g.build()


async def main():
    async with graph.iter(inputs="tea") as run:
        before = run.output
        async for _ in run:
            pass
    return [before, run.output]


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
