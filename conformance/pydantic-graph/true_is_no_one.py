"""A literal branch for 1 does not take True; before it did.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from typing import Literal

g = GraphBuilder(output_type=str)


@g.step
async def judge(ctx: StepContext[None, None, None]) -> bool:
    return True


@g.step
async def one(ctx: StepContext[None, None, object]) -> str:
    return "one"


@g.step
async def yes(ctx: StepContext[None, None, object]) -> str:
    return "yes"


g.add(
    g.edge_from(g.start_node).to(judge),
    g.edge_from(judge).to(
        g.decision().branch(g.match(Literal[1, 0]).to(one)).branch(g.match(bool).to(yes))
    ),
    g.edge_from(one, yes).to(g.end_node),
)
graph = g.build()
if __name__ == "__main__":
    print(json.dumps({"result": outcome(lambda: asyncio.run(graph.run()))}))
