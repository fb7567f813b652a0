"""A run within a step changes the state that it is given: it is the outer one itself.

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


@dataclass
class Desk:
    notes: list[str] = field(default_factory=list)


inner = GraphBuilder(state_type=Desk, output_type=str)


@inner.step
async def note(ctx: StepContext[Desk, None, None]) -> str:
    ctx.state.notes.append("inner")
    return "noted"


inner.add(inner.edge_from(inner.start_node).to(note), inner.edge_from(note).to(inner.end_node))
notes = inner.build()
g = GraphBuilder(state_type=Desk, output_type=int)


@g.step
async def work(ctx: StepContext[Desk, None, None]) -> int:
    await notes.run(state=ctx.state)
    return len(ctx.state.notes)


g.add(g.edge_from(g.start_node).to(work), g.edge_from(work).to(g.end_node))
graph = g.build()


async def main():
    return await graph.run(state=Desk())


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
