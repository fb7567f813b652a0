"""A step may send a message that its context does not declare: who takes it runs.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never


def outcome(flow, message="tea"):
    async def run():
        return (await flow.run(message)).get_outputs()

    try:
        return "", asyncio.run(run())
    except Exception as error:
        return type(error).__name__, None



@executor(id="start")
async def start(text: str, ctx: WorkflowContext) -> None:
    await ctx.send_message(text.upper())


@executor(id="end")
async def end(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(text)


flow = WorkflowBuilder(start_executor=start).add_edge(start, end).build()

if __name__ == "__main__":
    print(json.dumps({"outputs": outcome(flow)[1]}))
