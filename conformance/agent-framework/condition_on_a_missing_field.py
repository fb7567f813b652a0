"""The condition of an edge that reads a field which the message lacks fails the run.

agent-framework-core 1.23.0.
"""

import asyncio
import json
from dataclasses import dataclass

from agent_framework import Case, Default, WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never


@dataclass
class Order:
    item: str
    amount: int


@executor(id="read")
async def read(text: str, ctx: WorkflowContext[Order]) -> None:
    await ctx.send_message(Order(text, 3))


@executor(id="big")
async def big(order: Order, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(f"big {order.item}")


@executor(id="small")
async def small(order: Order, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(f"small {order.item}")


def build():
    cases = [Case(condition=lambda order: order.quantity > 9, target=big), Default(target=small)]
    return WorkflowBuilder(start_executor=read).add_switch_case_edge_group(read, cases).build()


async def main():
    try:
        return {"outputs": (await build().run("tea")).get_outputs()}
    except AttributeError as error:
        return {"failed": str(error)}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main())))
