"""A node class that another node returns has to be added, or the graph does not build.

pydantic-graph 2.68.0.
"""

import json
from dataclasses import dataclass

from pydantic_graph import BaseNode, End, GraphBuilder, GraphRunContext, StepContext


@dataclass
class Write(BaseNode[None, None, str]):
    async def run(self, ctx: GraphRunContext) -> "Print | End[str]":
        return Print()


@dataclass
class Print(BaseNode[None, None, str]):
    async def run(self, ctx: GraphRunContext) -> End[str]:
        return End("printed")


g = GraphBuilder(output_type=str)


@g.step
async def begin(ctx: StepContext[None, None, None]) -> Write:
    return Write()


g.add(g.edge_from(g.start_node).to(begin), g.node(Write))
try:
    graph = g.build()
    refused = ""
except Exception as error:
    refused = str(error)[:57]
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
