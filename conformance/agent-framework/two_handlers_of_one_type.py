"""An executor has one handler for a type.

agent-framework-core 1.23.0.
"""

import json

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, executor, handler
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


class Twice(Executor):
    @handler
    async def take(self, text: str, ctx: WorkflowContext[str]) -> None:
        await ctx.send_message(text)

    @handler
    async def take_again(self, text: str, ctx: WorkflowContext[str]) -> None:
        await ctx.send_message(text)


def build():
    twice = Twice(id="twice")
    return WorkflowBuilder(start_executor=twice).add_edge(twice, end).build()


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except Exception as error:
        refused = str(error)
    print(json.dumps({"refused": "Duplicate handler for type" in refused}))
