"""A step has to be a coroutine: the run of a plain function fails.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext

g = GraphBuilder(input_type=int, output_type=int)


@g.step
def double(ctx: StepContext[None, None, int]) -> int:
    return ctx.inputs * 2


g.add(g.edge_from(g.start_node).to(double), g.edge_from(double).to(g.end_node))
graph = g.build()
if __name__ == "__main__":
    try:
        asyncio.run(graph.run(inputs=1))
        failed = ""
    except TypeError as error:
        failed = str(error)
    print(json.dumps({"failed": failed}))
