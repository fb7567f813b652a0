"""A static method is made no executor.

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
    class Home:
        @executor(id="first")
        @staticmethod
        async def take(text: str, ctx: WorkflowContext[str]) -> None:
            await ctx.send_message(text)

    return WorkflowBuilder(start_executor=Home.take).build()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
