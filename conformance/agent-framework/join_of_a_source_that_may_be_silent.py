"""A join whose source sends a message in one case only never runs in the other, and nothing is said.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, executor

ran = []


@executor
async def begin(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(text)


@executor
async def left(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(text)


@executor
async def right(text: str, ctx: WorkflowContext[str]) -> None:
    if text.startswith("b"):
        await ctx.send_message(text)


@executor
async def meet(texts: list[str], ctx: WorkflowContext[str, str]) -> None:
    ran.append("meet")
    await ctx.yield_output(" ".join(texts))


builder = WorkflowBuilder(start_executor=begin).add_fan_out_edges(begin, [left, right])
flow = builder.add_fan_in_edges([left, right], meet).build()
if __name__ == "__main__":
    outputs = asyncio.run(flow.run("a")).get_outputs()
    print(json.dumps({"outputs": outputs, "ran": ran}))
