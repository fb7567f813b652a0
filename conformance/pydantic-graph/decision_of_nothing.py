"""A decision without a branch is refused when the graph is built.

pydantic-graph 2.68.0.
"""

import json

from pydantic_graph import GraphBuilder, StepContext

g = GraphBuilder(input_type=int, output_type=int)


@g.step
async def double(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs * 2


g.add(g.edge_from(g.start_node).to(double), g.edge_from(double).to(g.end_node))
g.add(g.edge_from(double).to(g.decision()))
try:
    graph = g.build()
    refused = ""
except Exception as error:
    refused = type(error).__name__
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
