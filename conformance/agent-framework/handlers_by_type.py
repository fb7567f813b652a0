"""Of several handlers the one for the type of the message is called; a truth is a number.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never


def outcome(flow, message="tea"):
    async def run():
        return (await flow.run(message)).get_outputs()

    try:
        return "", asyncio.run(run())
    except Exception as error:
        return type(error).__name__, None


from agent_framework import Executor, handler


class Start(Executor):
    @handler
    async def number(self, number: int, ctx: WorkflowContext[str]) -> None:
        await ctx.send_message(f"number {number}")

    @handler
    async def text(self, text: str, ctx: WorkflowContext[str]) -> None:
        await ctx.send_message(f"text {text}")


@executor(id="end")
async def end(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(text)


start = Start(id="start")
flow = WorkflowBuilder(start_executor=start).add_edge(start, end).build()

if __name__ == "__main__":
    print(json.dumps({"number": outcome(flow, 3)[1], "text": outcome(flow)[1], "truth": outcome(flow, True)[1]}))
