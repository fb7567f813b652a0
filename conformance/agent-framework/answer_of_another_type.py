"""An answer that is of another type than the step asked for is refused.

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

from agent_framework import response_handler


class Ask(Executor):
    @handler
    async def take(self, text: str, ctx: WorkflowContext[str, str]) -> None:
        await ctx.request_info("how many?", int)

    @response_handler
    async def answered(self, request: str, answer: int, ctx: WorkflowContext[str, str]) -> None:
        await ctx.yield_output(str(answer))


flow = WorkflowBuilder(start_executor=Ask(id="ask")).build()


async def talk():
    first = await flow.run("a")
    request = first.get_request_info_events()[0]
    second = await flow.run(responses={request.request_id: "many"})
    return second.get_outputs()


if __name__ == "__main__":
    print(json.dumps({"result": outcome(lambda: asyncio.run(talk()))}))
