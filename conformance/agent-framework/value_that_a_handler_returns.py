"""What a handler returns goes nowhere: only what it sends gets to the next executor.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler
from typing_extensions import Never


class Shout(Executor):
    @handler
    async def shout(self, text: str, ctx: WorkflowContext[str]) -> str:
        return text + "!"


class Show(Executor):
    @handler
    async def show(self, text: str, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output(text)


shout, show = Shout(id="shout"), Show(id="show")
workflow = WorkflowBuilder(start_executor=shout).add_edge(shout, show).build()


async def main():
    return (await workflow.run("tea")).get_outputs()


if __name__ == "__main__":
    print(json.dumps({"outputs": asyncio.run(main())}))
