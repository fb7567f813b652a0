"""A node class is refused without the return type that says which nodes follow.

pydantic-graph 2.68.0.
"""

import json
from dataclasses import dataclass

from pydantic_graph import BaseNode, End, GraphBuilder, GraphRunContext


@dataclass
class Ask(BaseNode[None, None, int]):
    async def run(self, ctx: GraphRunContext):
        return End(1)


g = GraphBuilder(input_type=Ask, output_type=int)
try:
    g.add(g.node(Ask), g.edge_from(g.start_node).to(Ask))
    graph = g.build()
    refused = ""
except Exception as error:
    refused = type(error).__name__
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
