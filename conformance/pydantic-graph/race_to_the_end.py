"""The first value at the end ends the run, and the branch that is not done is cancelled.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext


g = GraphBuilder(input_type=int, output_type=str)
ran = []


@g.step
async def web(ctx: StepContext[None, None, int]) -> str:
    ran.append("web")
    return "web"


@g.step
async def files(ctx: StepContext[None, None, int]) -> str:
    await asyncio.sleep(0.3)
    ran.append("files")
    return "files"


g.add(g.edge_from(g.start_node).to(web, files), g.edge_from(web, files).to(g.end_node))
graph = g.build()
if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(graph.run(inputs=1)), "ran": ran}))
