"""A workflow of two executors that send to each other ends after a hundred supersteps; an older one runs one more.

agent-framework-core 1.23.0, and 1.0.1.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from agent_framework.exceptions import WorkflowConvergenceException

ran = []


@executor(id="ask")
async def ask(text: str, ctx: WorkflowContext[str]) -> None:
    ran.append("ask")
    await ctx.send_message(text)


@executor(id="reply")
async def reply(text: str, ctx: WorkflowContext[str]) -> None:
    ran.append("reply")
    await ctx.send_message(text)


def build():
    return WorkflowBuilder(start_executor=ask).add_edge(ask, reply).add_edge(reply, ask).build()


async def main():
    try:
        await build().run("tea")
    except WorkflowConvergenceException as error:
        return {"ended": type(error).__name__, "ran": len(ran)}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main())))
