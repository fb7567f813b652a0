"""The state of a run is there in the next one; it was not before.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, executor, handler

@executor
async def first(text: str, ctx: WorkflowContext[str, str]) -> None:
    await ctx.yield_output(str(ctx.get_state("last")))
    ctx.set_state("last", text)


flow = WorkflowBuilder(start_executor=first).build()
if __name__ == "__main__":
    one = asyncio.run(flow.run("a")).get_outputs()
    print(json.dumps({"outputs": one + asyncio.run(flow.run("b")).get_outputs()}))
