"""A handler says of which type its message is.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, executor, handler
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
    class Plain(Executor):
        @handler
        async def take(self, text, ctx: WorkflowContext[str]) -> None:
            pass

    plain = Plain(id="plain")
    return WorkflowBuilder(start_executor=plain).add_edge(plain, end).build()


if __name__ == "__main__":
    print(json.dumps({"raised": tried(make)}))
