"""A graph that was built may be run without a coroutine; earlier releases have no such method.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext
from pydantic_graph.join import reduce_list_append


def outcome(do):
    try:
        return str(do())
    except Exception as error:
        return type(error).__name__


g = GraphBuilder(output_type=int)


@g.step
async def begin(ctx: StepContext[None, None, None]) -> int:
    return 1


g.add(g.edge_from(g.start_node).to(begin), g.edge_from(begin).to(g.end_node))
graph = g.build()

if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(lambda: graph.run_sync())}))
