"""The keys of the state of a workflow that is a function do not begin with an underscore.

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


from agent_framework import RunContext, step, workflow


@step
async def read(text: str) -> str:
    return text.upper()


@workflow
async def desk(text: str, ctx: RunContext) -> str:
    loud = await read(text)
    ctx.set_state("_loud", loud)
    return ctx.get_state("_loud")


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(desk.build())[0]}))
