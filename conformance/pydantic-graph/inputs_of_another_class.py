"""A step is handed just what the step before returns: an attribute that its class lacks fails.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from dataclasses import dataclass

from pydantic_graph import GraphBuilder, StepContext


@dataclass
class Trip:
    wish: str


@dataclass
class Plan:
    town: str


g = GraphBuilder(state_type=Trip, output_type=str)


@g.step
async def plan(ctx: StepContext[Trip, None, None]) -> Plan:
    return Plan(ctx.state.wish)


@g.step
async def book(ctx: StepContext[Trip, None, Plan]) -> str:
    return ctx.inputs.city


g.add(g.edge_from(g.start_node).to(plan), g.edge_from(plan).to(book), g.edge_from(book).to(g.end_node))
graph = g.build()
if __name__ == "__main__":
    try:
        failed = asyncio.run(graph.run(state=Trip("rome"), inputs=None))
    except AttributeError as error:
        failed = str(error)
    print(json.dumps({"failed": failed}))
