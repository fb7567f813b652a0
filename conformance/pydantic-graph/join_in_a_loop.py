"""A join in a loop that has no fork of its own is refused when the graph is built.

pydantic-graph 2.68.0.
"""

import json

from pydantic_graph import GraphBuilder, StepContext, reduce_sum

g = GraphBuilder(input_type=int, output_type=int)


@g.step
async def count(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs + 1


@g.step
async def guess(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs + 2


total = g.join(reduce_sum, initial=0)
enough = (
    g.decision()
    .branch(g.match(int, matches=lambda value: value > 9).to(g.end_node))
    .branch(g.match(int).to(count))
)
g.add(
    g.edge_from(g.start_node).to(count, guess),
    g.edge_from(count, guess).to(total),
    g.edge_from(total).to(enough),
)
try:
    graph = g.build()
    refused = ""
except Exception as error:
    refused = type(error).__name__
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
