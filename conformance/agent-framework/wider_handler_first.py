"""Of the handlers that take a message the first one is called: one for a class hides that for its subclass after it.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler
from typing_extensions import Never


class Order:
    pass


class Rush(Order):
    pass


class Desk(Executor):
    @handler
    async def order(self, message: Order, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output("order")

    @handler
    async def rush(self, message: Rush, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output("rush")


workflow = WorkflowBuilder(start_executor=Desk(id="desk")).build()


async def main():
    return (await workflow.run(Rush())).get_outputs()


if __name__ == "__main__":
    print(json.dumps({"outputs": asyncio.run(main())}))
