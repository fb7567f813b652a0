"""A step that fails ends the run, and what another one sent at the same time goes nowhere.

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

ran = []


@executor
async def begin(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(text)


@executor
async def left(text: str, ctx: WorkflowContext[str, str]) -> None:
    raise ValueError("no")


@executor
async def right(text: str, ctx: WorkflowContext[str, str]) -> None:
    await ctx.yield_output("right")
    await ctx.send_message("on")


@executor
async def last(text: str, ctx: WorkflowContext[str, str]) -> None:
    ran.append(text)


flow = WorkflowBuilder(start_executor=begin).add_fan_out_edges(begin, [left, right]).add_edge(right, last).build()
if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(flow.run("a")))[0], "ran": ran}))
