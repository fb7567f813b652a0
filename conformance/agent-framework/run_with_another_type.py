"""A run whose message the first step does not take is refused.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, executor, handler

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

@executor
async def first(number: int, ctx: WorkflowContext[str, str]) -> None:
    await ctx.yield_output(str(number))


flow = WorkflowBuilder(start_executor=first).build()
if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(flow.run("a")))[0]}))
