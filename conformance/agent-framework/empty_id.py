"""A step has an id that is not empty.

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

class First(Executor):
    @handler
    async def take(self, text: str, ctx: WorkflowContext[str, str]) -> None:
        await ctx.yield_output(text)


def build():
    return WorkflowBuilder(start_executor=First(id="")).build()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
