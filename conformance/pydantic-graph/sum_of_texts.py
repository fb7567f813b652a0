"""A join that sums up from 0 fails where its branches give texts.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from dataclasses import dataclass

from pydantic_graph import GraphBuilder, StepContext, reduce_dict_update, reduce_list_append, reduce_list_extend, reduce_sum

ran = []


def outcome(do):
    try:
        return "", asyncio.run(do)
    except Exception as error:
        return type(error).__name__, None


g = GraphBuilder(input_type=int, output_type=str)


@g.step
async def words(ctx: StepContext[None, None, int]) -> list[str]:
    return ["tea", "time"]


@g.step
async def shout(ctx: StepContext[None, None, str]) -> str:
    return ctx.inputs.upper()


total = g.join(reduce_sum, initial=0)
g.add(
    g.edge_from(g.start_node).to(words),
    g.edge_from(words).map().to(shout),
    g.edge_from(shout).to(total),
    g.edge_from(total).to(g.end_node),
)
graph = g.build()

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(graph.run(inputs=1))[0]}))
