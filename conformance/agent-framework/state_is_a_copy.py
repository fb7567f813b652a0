"""What code does to a value of the state is lost unless it is set again: each gets a copy. Before, all had one.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, executor, handler

@executor
async def first(text: str, ctx: WorkflowContext[str]) -> None:
    ctx.set_state("notes", ["first"])
    await ctx.send_message(text)


@executor
async def second(text: str, ctx: WorkflowContext[str]) -> None:
    ctx.get_state("notes").append("second")
    await ctx.send_message(text)


@executor
async def third(text: str, ctx: WorkflowContext[str, list[str]]) -> None:
    await ctx.yield_output(ctx.get_state("notes"))


flow = WorkflowBuilder(start_executor=first).add_chain([first, second, third]).build()
if __name__ == "__main__":
    print(json.dumps({"outputs": asyncio.run(flow.run("a")).get_outputs()}))
