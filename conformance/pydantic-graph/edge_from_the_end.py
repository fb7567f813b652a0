"""An edge out of the end is never taken.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext

ran = []


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None


def build():
    g = GraphBuilder(output_type=int)

    @g.step
    async def add(ctx: StepContext[None, None, None]) -> int:
        return 1

    g.add(g.edge_from(g.start_node).to(add), g.edge_from(add).to(g.end_node), g.edge_from(g.end_node).to(add))
    return asyncio.run(g.build().run())


if __name__ == "__main__":
    e, r = outcome(build)
    print(json.dumps({"raised": e, "result": r}))
