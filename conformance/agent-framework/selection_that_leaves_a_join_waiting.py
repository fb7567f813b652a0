"""A join waits for all of its sources: where a selection leaves one out, what is joined never runs, and nothing is said.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never


@executor(id="start")
async def start(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(text)


@executor(id="train")
async def train(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message("train " + text)


@executor(id="hotel")
async def hotel(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message("hotel " + text)


@executor(id="bundle")
async def bundle(texts: list[str], ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(" ".join(texts))


def pick(text: str, targets: list[str]) -> list[str]:
    return targets if "night" in text else targets[:1]


flow = (
    WorkflowBuilder(start_executor=start)
    .add_multi_selection_edge_group(start, [train, hotel], selection_func=pick)
    .add_fan_in_edges([train, hotel], bundle)
    .build()
)


async def main():
    return (await flow.run("day")).get_outputs()


if __name__ == "__main__":
    print(json.dumps({"outputs": asyncio.run(main())}))
