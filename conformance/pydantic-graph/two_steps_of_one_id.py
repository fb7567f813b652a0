"""Two steps have different ids.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from typing import Any

from pydantic_graph import GraphBuilder, StepContext

g = GraphBuilder(input_type=int, output_type=Any)



@g.step(node_id="write")
async def first(ctx: StepContext[None, None, int]) -> int:
    return 1


@g.step(node_id="write")
async def second(ctx: StepContext[None, None, int]) -> int:
    return 2


def build():
    g.add(
        g.edge_from(g.start_node).to(first),
        g.edge_from(first).to(second),
        g.edge_from(second).to(g.end_node),
    )
    return g.build()


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    except Exception as error:
        refused = type(error).__name__ + str(error)
    print(json.dumps({"refused": "unique node IDs" in refused}))
