"""A step is named for the outputs or for the intermediate ones, not for both.

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


def make():
    return (
        WorkflowBuilder(start_executor=start, output_from=[end], intermediate_output_from=[end])
        .add_edge(start, end)
        .build()
    )


if __name__ == "__main__":
    print(json.dumps({"raised": tried(make)}))
