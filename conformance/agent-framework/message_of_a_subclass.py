"""A handler for a class takes messages of its subclasses.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, executor, handler

from dataclasses import dataclass


@dataclass
class Draft:
    text: str


@dataclass
class Final(Draft):
    mark: int = 1


@executor
async def first(text: str, ctx: WorkflowContext[Final]) -> None:
    await ctx.send_message(Final(text))


@executor
async def second(draft: Draft, ctx: WorkflowContext[str, str]) -> None:
    await ctx.yield_output(draft.text)


flow = WorkflowBuilder(start_executor=first).add_edge(first, second).build()
if __name__ == "__main__":
    print(json.dumps({"outputs": asyncio.run(flow.run("a")).get_outputs()}))
