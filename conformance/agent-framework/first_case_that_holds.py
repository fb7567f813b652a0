"""Of the cases of a switch only the first that holds is taken.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import Case, Default, WorkflowBuilder, WorkflowContext, executor
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


@executor(id="one")
async def one(text: str, ctx: WorkflowContext[Never, str]) -> None:
    ran.append("one")


@executor(id="two")
async def two(text: str, ctx: WorkflowContext[Never, str]) -> None:
    ran.append("two")


builder = WorkflowBuilder(start_executor=start)
builder.add_switch_case_edge_group(
    start, [Case(condition=lambda t: True, target=one), Case(condition=lambda t: True, target=two), Default(target=end)]
)
workflow = builder.build()

if __name__ == "__main__":
    e, r = outcome(workflow)
    print(json.dumps({"raised": e, "result": r, "ran": ran}))
