"""What gets to the end is not checked against the output type: a caller that counts on it fails.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from dataclasses import dataclass

from pydantic_graph import GraphBuilder, StepContext
from pydantic_graph.join import reduce_list_append, reduce_null, reduce_sum


def outcome(do):
    try:
        return "", asyncio.run(do())
    except Exception as error:
        return type(error).__name__, None



g = GraphBuilder(input_type=int, output_type=int)


@g.step
async def count(ctx: StepContext[None, None, int]) -> str:
    return "three"


g.add(g.edge_from(g.start_node).to(count), g.edge_from(count).to(g.end_node))
graph = g.build()


async def main():
    return await graph.run(inputs=1)


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
