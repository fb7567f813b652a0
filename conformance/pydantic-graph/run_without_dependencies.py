"""A run that is given no dependencies has none: a step that reads an attribute of them fails.

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



@dataclass
class Services:
    price: int = 3


g = GraphBuilder(deps_type=Services, input_type=int, output_type=int)


@g.step
async def pay(ctx: StepContext[None, Services, int]) -> int:
    return ctx.inputs * ctx.deps.price


g.add(g.edge_from(g.start_node).to(pay), g.edge_from(pay).to(g.end_node))
graph = g.build()

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(graph.run(inputs=1))[0]}))
