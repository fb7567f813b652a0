"""A workflow refuses a second run while the first one is under way.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never


@executor(id="wait")
async def wait(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await asyncio.sleep(0.05)
    await ctx.yield_output(text)


workflow = WorkflowBuilder(start_executor=wait).build()


async def main():
    first = asyncio.create_task(workflow.run("a"))
    await asyncio.sleep(0.01)
    try:
        await workflow.run("b")
    except Exception as error:
        return type(error).__name__, (await first).get_outputs()


if __name__ == "__main__":
    raised, outputs = asyncio.run(main())
    print(json.dumps({"raised": raised, "outputs": outputs}))
