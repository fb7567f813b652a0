"""A workflow that is an agent begins with a step that takes a list of messages.

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
async def end(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output("".join(text))


def build():
    workflow = WorkflowBuilder(start_executor=start).add_edge(start, end).build()
    return workflow.as_agent(name="helper")


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except Exception as error:
        refused = type(error).__name__
    print(json.dumps({"refused": refused}))
