"""A join of dicts keeps the last value of a key: of items that all give one key, one is left.

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


g = GraphBuilder(input_type=int, output_type=dict)


@g.step
async def words(ctx: StepContext[None, None, int]) -> list[str]:
    return ["tea", "time", "talk"]


@g.step
async def note(ctx: StepContext[None, None, str]) -> dict[str, str]:
    return {"note": ctx.inputs.upper()}


notes = g.join(reduce_dict_update, initial_factory=dict[str, str])
g.add(
    g.edge_from(g.start_node).to(words),
    g.edge_from(words).map().to(note),
    g.edge_from(note).to(notes),
    g.edge_from(notes).to(g.end_node),
)
graph = g.build()

if __name__ == "__main__":
    print(json.dumps({"left": len(outcome(graph.run(inputs=1))[1])}))
