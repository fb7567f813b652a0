"""A join hands on all messages that its sources have sent by the time each has sent one.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never

got = []


@executor(id="start")
async def start(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(text)


@executor(id="left")
async def left(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message("l1")
    await ctx.send_message("l2")


@executor(id="right")
async def right(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message("r")


@executor(id="gather")
async def gather(texts: list[str], ctx: WorkflowContext[Never, str]) -> None:
    got.append(sorted(texts))
    await ctx.yield_output("".join(texts))


builder = WorkflowBuilder(start_executor=start).add_fan_out_edges(start, [left, right])
workflow = builder.add_fan_in_edges([left, right], gather).build()


async def main():
    await workflow.run("go")


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"got": got}))
