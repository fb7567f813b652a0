"""A join hands on a list of the messages of all of its sources.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never


@executor(id="start")
async def start(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(text)


@executor(id="left")
async def left(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message("l")


@executor(id="right")
async def right(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message("r")


@executor(id="end")
async def end(text: list[str], ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output("".join(text))


def build():
    builder = WorkflowBuilder(start_executor=start).add_fan_out_edges(start, [left, right])
    return builder.add_fan_in_edges([left, right], end).build()


async def main():
    return (await build().run("x")).get_outputs()


if __name__ == "__main__":
    print(json.dumps({"outputs": asyncio.run(main())}))
