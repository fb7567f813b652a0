"""A handler that reads a part which a part of its message lacks fails the run.

agent-framework-core 1.23.0.
"""

import asyncio
import json
from dataclasses import dataclass

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never


@dataclass
class Buyer:
    name: str
    town: str


@dataclass
class Order:
    buyer: Buyer


def outcome(flow):
    async def run():
        return (await flow.run("tea")).get_outputs()

    try:
        return "", asyncio.run(run())
    except Exception as error:
        return type(error).__name__, None


@executor(id="start")
async def start(text: str, ctx: WorkflowContext[Order]) -> None:
    await ctx.send_message(Order(Buyer("Ada", "Bern")))


@executor(id="ship")
async def ship(order: Order, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(order.buyer.street)


flow = WorkflowBuilder(start_executor=start).add_edge(start, ship).build()

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(flow)[0]}))
