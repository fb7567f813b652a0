"""What a step is handed is in its `inputs`: a step that reads `input` fails.

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


g = GraphBuilder(input_type=str, output_type=str)


@g.step
async def write(ctx: StepContext[None, None, str]) -> str:
    return ctx.input + "!"


g.add(g.edge_from(g.start_node).to(write), g.edge_from(write).to(g.end_node))
graph = g.build()

if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(graph.run(inputs="x"))}))
