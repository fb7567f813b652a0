"""The results of two steps cannot be mapped by one edge.

pydantic-graph 2.68.0: each of them needs an edge of its own.
"""

import json

from pydantic_graph import GraphBuilder, StepContext, reduce_list_append

g = GraphBuilder(input_type=int, output_type=list)


@g.step
async def odd(ctx: StepContext[None, None, int]) -> list[int]:
    return [1, 3]


@g.step
async def even(ctx: StepContext[None, None, int]) -> list[int]:
    return [2, 4]


@g.step
async def square(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs**2


collect = g.join(reduce_list_append, initial_factory=list)
g.add(g.edge_from(g.start_node).to(odd, even))
try:
    g.add(g.edge_from(odd, even).map().to(square))
    refused = ""
except NotImplementedError as error:
    refused = str(error).partition(".")[0]
g.add(g.edge_from(square).to(collect), g.edge_from(collect).to(g.end_node))
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
    raise SystemExit
graph = g.build()
