"""What a run is given is not checked against the type of the input: the first step finds out.

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
class Order:
    amount: int


g = GraphBuilder(input_type=Order, output_type=int)


@g.step
async def pay(ctx: StepContext[None, None, Order]) -> int:
    return ctx.inputs.amount


g.add(g.edge_from(g.start_node).to(pay), g.edge_from(pay).to(g.end_node))
graph = g.build()

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(graph.run(inputs={"amount": 3}))[0]}))
