"""A run is a coroutine: code that reads its result without waiting for it fails.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from dataclasses import dataclass, field

from pydantic_graph import BaseNode, End, GraphBuilder, GraphRunContext, StepContext
from pydantic_graph.join import reduce_list_append


def outcome(do):
    try:
        return ["", asyncio.run(do())]
    except Exception as error:
        return [type(error).__name__, None]


@dataclass
class Letter:
    text: str


g = GraphBuilder(output_type=Letter)


@g.step
async def write(ctx: StepContext[None, None, None]) -> Letter:
    return Letter("tea")


g.add(g.edge_from(g.start_node).to(write), g.edge_from(write).to(g.end_node))
graph = g.build()


async def main():
    letter = graph.run()
    return letter.text


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
