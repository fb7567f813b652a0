"""What a step sets in the state is there at once, for the steps beside it as well.

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
async def start(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(text)


@executor(id="write")
async def write(text: str, ctx: WorkflowContext[str]) -> None:
    ctx.set_state("note", text)
    await ctx.send_message("written")


@executor(id="read")
async def read(text: str, ctx: WorkflowContext[str]) -> None:
    await asyncio.sleep(0.2)
    await ctx.send_message(f"beside: {ctx.get_state('note')}")


@executor(id="end")
async def end(texts: list[str], ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(" ".join([*sorted(texts), f"behind: {ctx.get_state('note')}"]))


flow = (
    WorkflowBuilder(start_executor=start)
    .add_fan_out_edges(start, [write, read])
    .add_fan_in_edges([write, read], end)
    .build()
)

if __name__ == "__main__":
    print(json.dumps({"outputs": outcome(flow)[1]}))
