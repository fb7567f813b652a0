"""A handler whose decorator names its output names its input there, too.

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

def build():
    class First(Executor):
        @handler(output=str)
        async def take(self, text: str, ctx: WorkflowContext[str]) -> None:
            await ctx.send_message(text)

    return WorkflowBuilder(start_executor=First(id="first")).build()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
