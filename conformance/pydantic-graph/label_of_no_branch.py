"""A label that no literal branch of a decision names fails the run.

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
async def judge(ctx: StepContext[None, None, None]) -> Literal["good", "bad", "odd"]:
    return "odd"


@g.step
async def keep(ctx: StepContext[None, None, object]) -> str:
    return "kept"


@g.step
async def mend(ctx: StepContext[None, None, object]) -> str:
    return "mended"


g.add(
    g.edge_from(g.start_node).to(judge),
    g.edge_from(judge).to(
        g.decision().branch(g.match(Literal["good"]).to(keep)).branch(g.match(Literal["bad"]).to(mend))
    ),
    g.edge_from(keep, mend).to(g.end_node),
)
graph = g.build()
if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(graph.run()))[0]}))
