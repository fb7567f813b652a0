"""A step of a workflow that is a function may be called several times at once.

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


@step
async def count(text: str) -> int:
    return len(text)


@workflow
async def flow(text: str) -> int:
    found = await asyncio.gather(count(text), count(text + "!"))
    return sum(found)


async def go():
    return (await flow.build().run("tea")).get_outputs()


if __name__ == "__main__":
    print(json.dumps({"outputs": asyncio.run(go())}))
