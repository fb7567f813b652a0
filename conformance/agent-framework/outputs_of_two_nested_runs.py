"""A nested workflow runs once for each message that gets to it.

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


@executor(id="split")
async def split(text: str, ctx: WorkflowContext[str]) -> None:
    for word in text.split():
        await ctx.send_message(word)


inner = WorkflowBuilder(start_executor=second).build()
nested = WorkflowExecutor(inner, id="nested")
flow = WorkflowBuilder(start_executor=split).add_edge(split, nested).add_edge(nested, third).build()


async def go():
    return (await flow.run("tea rice")).get_outputs()


if __name__ == "__main__":
    print(json.dumps({"outputs": asyncio.run(go()), "ran": sorted(ran)}))
