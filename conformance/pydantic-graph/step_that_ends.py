"""A step that is no node class and returns End ends the run, and the result is the End, not what is in it.

pydantic-graph 2.68.0.
"""

import asyncio
import json

from pydantic_graph import GraphBuilder, StepContext

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from pydantic_graph import End

g = GraphBuilder(output_type=str)


@g.step
async def first(ctx: StepContext[None, None, None]) -> End[str]:
    return End("done")


g.add(g.edge_from(g.start_node).to(first))
if __name__ == "__main__":
    print(json.dumps({"result": outcome(lambda: str(asyncio.run(g.build().run())))}))
