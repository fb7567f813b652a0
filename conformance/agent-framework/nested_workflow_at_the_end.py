"""What a nested workflow yields is a message to the next step: at the end of the outer one it is lost, unless it may be put out directly.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, WorkflowExecutor, executor
from typing_extensions import Never


@executor(id="start")
async def start(text: str, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message(text)



@executor(id="inside")
async def inside(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(text + "!")


def built(**options):
    inner = WorkflowBuilder(start_executor=inside).build()
    nested = WorkflowExecutor(inner, id="nested", **options)
    return WorkflowBuilder(start_executor=start).add_edge(start, nested).build()


async def main():
    silent = await built().run("tea")
    direct = await built(allow_direct_output=True).run("tea")
    return {"silent": silent.get_outputs(), "direct": direct.get_outputs()}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main())))
