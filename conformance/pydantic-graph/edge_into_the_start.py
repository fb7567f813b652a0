"""An edge may lead back into the start of a graph: that is a loop.

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


def build():
    g = GraphBuilder(input_type=int, output_type=int)

    @g.step
    async def count(ctx: StepContext[None, None, int]) -> int:
        return ctx.inputs + 1

    g.add(
        g.edge_from(g.start_node).to(count),
        g.edge_from(count).to(
            g.decision().branch(g.match(int, matches=lambda n: n > 3).to(g.end_node)).branch(g.match(int).to(g.start_node))
        ),
    )
    return g.build()


async def main():
    return await build().run(inputs=1)


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
