"""An edge that transforms hands on what its function gives: a step that reads an attribute of what went in fails.

pydantic-graph 2.68.0.
"""

import asyncio
import json
from dataclasses import dataclass

from pydantic_graph import GraphBuilder, StepContext, reduce_dict_update, reduce_list_append, reduce_list_extend, reduce_sum

ran = []


def outcome(do):
    try:
        return "", asyncio.run(do)
    except Exception as error:
        return type(error).__name__, None


g = GraphBuilder(input_type=int, output_type=str)


@dataclass
class Draft:
    title: str
    text: str


@dataclass
class Head:
    line: str


@g.step
async def write(ctx: StepContext[None, None, int]) -> Draft:
    return Draft("tea", "Tea is hot.")


@g.step
async def tell(ctx: StepContext[None, None, Draft]) -> str:
    return ctx.inputs.title


def head_of(ctx: StepContext[None, None, Draft]) -> Head:
    return Head(ctx.inputs.title)


g.add(
    g.edge_from(g.start_node).to(write),
    g.edge_from(write).transform(head_of).to(tell),
    g.edge_from(tell).to(g.end_node),
)
graph = g.build()

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(graph.run(inputs=1))[0]}))
