"""A join that extends a list fails where its branches give numbers.

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



def build():
    g = GraphBuilder(input_type=int, output_type=list)

    @g.step
    async def words(ctx: StepContext[None, None, int]) -> list[int]:
        return [1, 2]

    @g.step
    async def note(ctx: StepContext[None, None, int]) -> int:
        return ctx.inputs + 1

    notes = g.join(reduce_list_extend, initial_factory=list[int])
    g.add(
        g.edge_from(g.start_node).to(words),
        g.edge_from(words).map().to(note),
        g.edge_from(note).to(notes),
        g.edge_from(notes).to(g.end_node),
    )
    return g.build()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build().run(inputs=1))[0]}))
