"""The result of a workflow is a list of events: it has outputs, and no text.

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


flow = WorkflowBuilder(start_executor=first).add_edge(first, second).build()


async def go():
    result = await flow.run("tea")
    return result.text


def main():
    return asyncio.run(go())


if __name__ == "__main__":
    print(json.dumps({"raised": raised(main)}))
