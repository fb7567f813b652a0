"""A join that one branch does not get to never runs, and nothing is said.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import Case, Default, WorkflowBuilder, WorkflowContext, executor
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


@executor(id="gather")
async def gather(texts: list[str], ctx: WorkflowContext[Never, str]) -> None:
    ran.append("gather")
    await ctx.yield_output("".join(texts))


builder = WorkflowBuilder(start_executor=start)
builder.add_switch_case_edge_group(start, [Case(condition=lambda text: text == "go", target=left), Default(target=right)])
workflow = builder.add_fan_in_edges([left, right], gather).build()


async def main():
    result = await workflow.run("go")
    return result.get_outputs()


if __name__ == "__main__":
    try:
        outputs, raised = asyncio.run(main()), ""
    except Exception as error:
        outputs, raised = [], type(error).__name__
    print(json.dumps({"ran": sorted(ran), "outputs": outputs, "raised": raised}))
