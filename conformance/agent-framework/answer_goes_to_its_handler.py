"""A step that asks a person goes on where the answer comes, and what it sends then gets to the next step.

agent-framework-core 1.23.0.
"""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from agent_framework import (
    AgentResponse,
    BaseAgent,
    Executor,
    InMemoryCheckpointStorage,
    Message,
    WorkflowBuilder,
    WorkflowContext,
    WorkflowExecutor,
    executor,
    handler,
    response_handler,
    step,
    workflow,
)

ran = []


def raised(do):
    with ThreadPoolExecutor() as pool:
        failure = pool.submit(do).exception()
    return type(failure).__name__ if failure else ""


@executor(id="first")
async def first(text: str, ctx: WorkflowContext[str]) -> None:
    ran.append("first")
    await ctx.send_message(text)


@executor(id="second")
async def second(text: str, ctx: WorkflowContext[str, str]) -> None:
    ran.append("second")
    await ctx.yield_output(text)


@executor(id="third")
async def third(text: str, ctx: WorkflowContext[str, str]) -> None:
    ran.append("third")
    await ctx.yield_output(text)


class Ask(Executor):
    @handler
    async def ask(self, text: str, ctx: WorkflowContext[str]) -> None:
        ran.append("ask")
        await ctx.request_info(request_data=text, response_type=str)

    @response_handler
    async def answered(self, original: str, answer: str, ctx: WorkflowContext[str]) -> None:
        ran.append("answered")
        await ctx.send_message(original + answer)


ask = Ask(id="ask")
flow = WorkflowBuilder(start_executor=ask).add_edge(ask, second).build()


async def go():
    result = await flow.run("tea")
    asked = result.get_request_info_events()
    return (await flow.run(responses={asked[0].request_id: "?"})).get_outputs()


if __name__ == "__main__":
    print(json.dumps({"outputs": asyncio.run(go()), "ran": ran}))
