"""A step that yields an output ends nothing: what it sends goes on.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, executor, handler

@executor
async def first(text: str, ctx: WorkflowContext[str, str]) -> None:
    await ctx.yield_output("first")
    await ctx.send_message(text)


@executor
async def second(text: str, ctx: WorkflowContext[str, str]) -> None:
    await ctx.yield_output("second")


flow = WorkflowBuilder(start_executor=first).add_edge(first, second).build()
if __name__ == "__main__":
    print(json.dumps({"outputs": asyncio.run(flow.run("a")).get_outputs()}))
