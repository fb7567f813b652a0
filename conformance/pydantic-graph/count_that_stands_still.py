"""A loop whose count is handed on as it was never ends by that count.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from dataclasses import dataclass

from pydantic_graph import BaseNode, End, GraphBuilder, StepContext

ran = []


class Enough(Exception):
    pass


@dataclass
class Check(BaseNode[None, None, str]):
    text: str
    rounds: int = 0

    async def run(self, ctx) -> "Write | End[str]":
        if self.rounds >= 3:
            return End(self.text)
        return Write(self.text, self.rounds)


@dataclass
class Write(BaseNode[None, None, str]):
    text: str
    rounds: int

    async def run(self, ctx) -> Check:
        ran.append(self.rounds)
        if len(ran) == 20:
            raise Enough
        return Check(self.text + "x", self.rounds)


g = GraphBuilder(output_type=str)


@g.step
async def begin(ctx: StepContext[None, None, None]) -> Check:
    return Check("a")


g.add(g.node(Check), g.node(Write), g.edge_from(g.start_node).to(begin))
graph = g.build()
if __name__ == "__main__":
    try:
        asyncio.run(graph.run())
    except Enough:
        pass
    print(json.dumps({"rounds": len(ran), "counts": sorted(set(ran))}))
