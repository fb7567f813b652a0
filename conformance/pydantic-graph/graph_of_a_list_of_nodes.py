"""The second major release makes no graph of a list of node classes.

pydantic-graph 2.68.0.
"""

import json
from dataclasses import dataclass

from pydantic_graph import BaseNode, End, Graph, GraphRunContext


@dataclass
class Write(BaseNode):
    async def run(self, ctx: GraphRunContext) -> End[int]:
        return End(1)


try:
    graph = Graph(nodes=[Write])
    refused = ""
except TypeError as error:
    refused = type(error).__name__
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
