"""A branch for a subclass that stands before the one for its class is taken.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from dataclasses import dataclass

from pydantic_graph import GraphBuilder, StepContext


@dataclass
class Mail:
    text: str


@dataclass
class Complaint(Mail):
    pass


g = GraphBuilder(input_type=str, output_type=str)


@g.step
async def read(ctx: StepContext[None, None, str]) -> Mail:
    return Complaint(ctx.inputs) if "!" in ctx.inputs else Mail(ctx.inputs)


@g.step
async def file(ctx: StepContext[None, None, Mail]) -> str:
    return f"filed {ctx.inputs.text}"


@g.step
async def excuse(ctx: StepContext[None, None, Complaint]) -> str:
    return f"sorry for {ctx.inputs.text}"


sort = (
    g.decision()
    .branch(g.match(Complaint, matches=lambda mail: mail.text == "!").to(g.end_node))
    .branch(g.match(Complaint).to(excuse))
    .branch(g.match(Mail).to(file))
)
g.add(
    g.edge_from(g.start_node).to(read),
    g.edge_from(read).to(sort),
    g.edge_from(file, excuse).to(g.end_node),
)
graph = g.build()
if __name__ == "__main__":
    print(json.dumps({"results": [asyncio.run(graph.run(inputs=text)) for text in ("noise!", "news")]}))
