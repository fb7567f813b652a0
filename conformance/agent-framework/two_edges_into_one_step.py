"""A step runs once for each message that gets to it.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never

ran = []


@executor(id="start")
async def start(text: str, ctx: WorkflowContext[str]) -> None:
    ran.append("start")
    await ctx.send_message(text)


@executor(id="left")
async def left(text: str, ctx: WorkflowContext[str]) -> None:
    ran.append("left")
    await ctx.send_message("l")


@executor(id="right")
async def right(text: str, ctx: WorkflowContext[str]) -> None:
    ran.append("right")
    await ctx.send_message("r")


@executor(id="end")
async def end(text: str, ctx: WorkflowContext[Never, str]) -> None:
    ran.append("end")
    await ctx.yield_output("".join(text))


builder = WorkflowBuilder(start_executor=start).add_edge(start, left).add_edge(start, right)
workflow = builder.add_edge(left, end).add_edge(right, end).build()


async def main():
    result = await workflow.run("go")
    return result.get_outputs()


if __name__ == "__main__":
    try:
        outputs, raised = asyncio.run(main()), ""
    except Exception as error:
        outputs, raised = [], type(error).__name__
    print(json.dumps({"ran": sorted(ran), "outputs": outputs, "raised": raised}))
