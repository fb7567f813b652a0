"""A join straight behind the start gathers the one thing that comes.

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


def build():
    g = GraphBuilder(input_type=int, output_type=list[int])
    collect = g.join(reduce_list_append, initial_factory=list[int])
    g.add(g.edge_from(g.start_node).to(collect), g.edge_from(collect).to(g.end_node))
    return g.build()


async def main():
    return await build().run(inputs=1)


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
