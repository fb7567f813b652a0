"""Branches that run side by side write to one state.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext

from dataclasses import dataclass, field

from pydantic_graph.join import reduce_null


@dataclass
class State:
    seen: list[str] = field(default_factory=list)


g = GraphBuilder(state_type=State, output_type=str)


@g.step
async def left(ctx: StepContext[State, None, None]) -> str:
    ctx.state.seen.append("left")
    return "left"


@g.step
async def right(ctx: StepContext[State, None, None]) -> str:
    await asyncio.sleep(0.05)
    ctx.state.seen.append("right")
    return "right"


@g.step
async def last(ctx: StepContext[State, None, None]) -> str:
    return " ".join(ctx.state.seen)


meet = g.join(reduce_null, initial=None)
g.add(
    g.edge_from(g.start_node).to(left, right),
    g.edge_from(left, right).to(meet),
    g.edge_from(meet).to(last),
    g.edge_from(last).to(g.end_node),
)
graph = g.build()
if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(graph.run(state=State()))}))
