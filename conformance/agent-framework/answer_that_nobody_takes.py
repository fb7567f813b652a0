"""A step that asks a person and has no handler for the answer goes nowhere when it is answered.

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

ran = []


class Ask(Executor):
    @handler
    async def take(self, text: str, ctx: WorkflowContext[str, str]) -> None:
        await ctx.request_info("sure?", str)


flow = WorkflowBuilder(start_executor=Ask(id="ask")).build()


async def talk():
    first = await flow.run("a")
    request = first.get_request_info_events()[0]
    second = await flow.run(responses={request.request_id: "yes"})
    return second.get_outputs()


if __name__ == "__main__":
    print(json.dumps({"result": outcome(lambda: asyncio.run(talk()))}))
