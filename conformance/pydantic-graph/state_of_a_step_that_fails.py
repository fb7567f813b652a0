"""What a step did to the state before it failed stays there.

pydantic-ai 2.68.0.
"""

import asyncio
import json
from dataclasses import dataclass

from pydantic_graph import GraphBuilder, StepContext, reduce_list_append

ran = []


def outcome(do):
    try:
        return ["", asyncio.run(do)]
    except Exception as error:
        return [type(error).__name__, None]


@dataclass
class Tally:
    n: int = 0


g = GraphBuilder(state_type=Tally, input_type=str, output_type=str)


@g.step
async def write(ctx: StepContext[Tally, None, str]) -> str:
    ctx.state.n += 1
    raise ValueError(ctx.inputs)


g.add(g.edge_from(g.start_node).to(write), g.edge_from(write).to(g.end_node))
graph = g.build()
tally = Tally()

if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(graph.run(state=tally, inputs="x")), "n": tally.n}))
