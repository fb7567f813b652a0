"""A node class that is given types stands for the class: a builder takes `Ask[int]` for `Ask`.

pydantic-graph 2.68.0.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic_graph import BaseNode, End, GraphBuilder, GraphRunContext

T = TypeVar("T")


@dataclass
class Ask(BaseNode[None, None, str], Generic[T]):
    text: str = ""

    async def run(self, ctx: GraphRunContext) -> Tell[T]:
        return Tell(self.text)


@dataclass
class Tell(BaseNode[None, None, str], Generic[T]):
    text: str

    async def run(self, ctx: GraphRunContext) -> End[str]:
        return End(self.text.upper())


builder = GraphBuilder(input_type=Ask[int], output_type=str)
builder.add(builder.edge_from(builder.start_node).to(Ask[int]), builder.node(Ask[int]), builder.node(Tell[int]))
graph = builder.build()

if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(graph.run(inputs=Ask("x")))}))
