"""A message of a type that the next step does not take is dropped, and the run ends without an output.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never


@executor(id="count")
async def count(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(len(text))


@executor(id="show")
async def show(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(text)


workflow = WorkflowBuilder(start_executor=count).add_edge(count, show).build()


async def main():
    return (await workflow.run("tea")).get_outputs()


if __name__ == "__main__":
    print(json.dumps({"outputs": asyncio.run(main())}))
