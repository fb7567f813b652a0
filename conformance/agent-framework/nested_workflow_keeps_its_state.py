"""A nested workflow neither sees the state of the outer one nor leaves it any.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, WorkflowExecutor, executor
from typing_extensions import Never


@executor(id="start")
async def start(text: str, ctx: WorkflowContext[str]) -> None:
    ctx.set_state("outer", "o")
    await ctx.send_message(text)


@executor(id="inside")
async def inside(text: str, ctx: WorkflowContext[Never, str]) -> None:
    ctx.set_state("inner", "i")
    await ctx.yield_output(repr(ctx.get_state("outer")))


@executor(id="end")
async def end(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(text + repr(ctx.get_state("inner")))


nested = WorkflowExecutor(WorkflowBuilder(start_executor=inside).build(), id="nested")
workflow = WorkflowBuilder(start_executor=start).add_edge(start, nested).add_edge(nested, end).build()


async def main():
    return (await workflow.run("go")).get_outputs()


if __name__ == "__main__":
    print(json.dumps({"outputs": asyncio.run(main())}))
