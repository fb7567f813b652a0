"""A function without the decorator is no step.

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

@executor
async def first(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(text)


async def second(text: str, ctx: WorkflowContext[str, str]) -> None:
    await ctx.yield_output(text)


def build():
    return WorkflowBuilder(start_executor=first).add_edge(first, second).build()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
