"""A fan-out has two targets at least.

agent-framework-core 1.23.0.
"""

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


def build():
    return WorkflowBuilder(start_executor=start).add_fan_out_edges(start, [end]).build()


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except Exception as error:
        refused = str(error)
    print(json.dumps({"refused": "must contain at least two targets" in refused}))
