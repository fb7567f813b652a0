"""A reducer may end the other items of its map: those that are not done are cancelled.

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


from pydantic_graph import ReducerContext

g = GraphBuilder(input_type=int, output_type=int)


@g.step
async def times(ctx: StepContext[None, None, int]) -> list[int]:
    return [3, 1, 2]


@g.step
async def wait(ctx: StepContext[None, None, int]) -> int:
    await asyncio.sleep(ctx.inputs / 10)
    ran.append(ctx.inputs)
    return ctx.inputs


def first(ctx: ReducerContext[None, None], current: int, inputs: int) -> int:
    ctx.cancel_sibling_tasks()
    return inputs


one = g.join(first, initial=0)
g.add(
    g.edge_from(g.start_node).to(times),
    g.edge_from(times).map().to(wait),
    g.edge_from(wait).to(one),
    g.edge_from(one).to(g.end_node),
)
graph = g.build()

if __name__ == "__main__":
    e, result = outcome(graph.run(inputs=1))
    print(json.dumps({"raised": e, "result": result, "ran": ran}))
