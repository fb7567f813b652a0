"""A node that returns one of a class which its annotation does not name goes on with it where that is in the graph.

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

from dataclasses import dataclass

from pydantic_graph import BaseNode, End


@dataclass
class Last(BaseNode[None, None, str]):
    async def run(self, ctx) -> End[str]:
        return End("last")


@dataclass
class Other(BaseNode[None, None, str]):
    async def run(self, ctx) -> Last:
        return Last()


@dataclass
class First(BaseNode[None, None, str]):
    async def run(self, ctx) -> Other:
        return Last()


async def begin(ctx: StepContext[None, None, None]) -> First:
    return First()


g = GraphBuilder(output_type=str)
start = g.step(begin)
g.add(g.node(First), g.node(Other), g.node(Last), g.edge_from(g.start_node).to(start))
if __name__ == "__main__":
    print(json.dumps({"result": outcome(lambda: asyncio.run(g.build().run()))}))
