"""A selection that names a step which is not among its targets fails the run.

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
async def left(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output("l")


@executor(id="right")
async def right(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output("r")


def pick(text: str, targets: list[str]) -> list[str]:
    return ["left", "wright"]


builder = WorkflowBuilder(start_executor=start)
workflow = builder.add_multi_selection_edge_group(start, [left, right], selection_func=pick).build()


async def main():
    try:
        await workflow.run("go")
    except RuntimeError as error:
        return str(error)[:24]


if __name__ == "__main__":
    print(json.dumps({"raised": asyncio.run(main())}))
