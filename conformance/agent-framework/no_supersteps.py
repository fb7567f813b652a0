"""A workflow of no supersteps fails each run.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never


def outcome(do):
    try:
        do()
        return ""
    except Exception as error:
        return type(error).__name__


@executor(id="start")
async def start(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(text)


@executor(id="end")
async def end(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(text)


def build():
    return WorkflowBuilder(start_executor=start, max_iterations=0).add_edge(start, end).build()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(build().run("x")))}))
