"""A selection may pick none of its targets: the message is dropped, and the run ends without an output.

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



@executor(id="start")
async def start(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(text)


@executor(id="short")
async def short(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output("short " + text)


@executor(id="long")
async def long(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output("long " + text)


def pick(message: str, targets: list[str]) -> list[str]:
    return [target for target in targets if target in message]


flow = (
    WorkflowBuilder(start_executor=start)
    .add_multi_selection_edge_group(start, [short, long], selection_func=pick)
    .build()
)

if __name__ == "__main__":
    print(json.dumps(dict(zip(("raised", "outputs"), outcome(flow)))))
