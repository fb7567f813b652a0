"""A conversation is cut to its last groups, of which there is one at least.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never


def outcome(do):
    try:
        do()
        return ""
    except Exception as error:
        return type(error).__name__


@executor(id="start")
async def start(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(text)


@executor(id="end")
async def end(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(text)


from agent_framework import SlidingWindowStrategy, TruncationStrategy


def window():
    return SlidingWindowStrategy(keep_last_groups=0)


def truncation():
    return TruncationStrategy(max_n=10, compact_to=20)


if __name__ == "__main__":
    print(json.dumps({"window": outcome(window), "truncation": outcome(truncation)}))
