"""A step may send to itself: an edge may lead back to its source.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never

ran = []


def outcome(workflow, told="go"):
    async def main():
        return (await workflow.run(told)).get_outputs()

    try:
        return "", asyncio.run(main())
    except Exception as error:
        return type(error).__name__, None


def tried(make):
    try:
        make()
        return ""
    except Exception as error:
        return type(error).__name__


@executor(id="start")
async def start(text: str, ctx: WorkflowContext[str]) -> None:
    ran.append("start")
    await ctx.send_message(text)


@executor(id="end")
async def end(text: str, ctx: WorkflowContext[Never, str]) -> None:
    ran.append("end")
    await ctx.yield_output(text)


@executor(id="again")
async def again(text: str, ctx: WorkflowContext[str]) -> None:
    ran.append("again")
    await ctx.send_message(text + "x")


workflow = (
    WorkflowBuilder(start_executor=again, max_iterations=5)
    .add_edge(again, again, condition=lambda t: len(t) < 4)
    .add_edge(again, end, condition=lambda t: len(t) >= 4)
    .build()
)

if __name__ == "__main__":
    e, r = outcome(workflow, "")
    print(json.dumps({"raised": e, "result": r, "ran": ran}))
