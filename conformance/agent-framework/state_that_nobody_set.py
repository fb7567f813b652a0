"""A key of the state that nobody has set is None, and no error is raised.

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
async def first(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(text)


@executor
async def second(text: str, ctx: WorkflowContext[str, str]) -> None:
    await ctx.yield_output(str(ctx.get_state("notes")))


flow = WorkflowBuilder(start_executor=first).add_chain([first, second]).build()
if __name__ == "__main__":
    print(json.dumps({"outputs": asyncio.run(flow.run("a")).get_outputs()}))
