"""A loop is stopped after the supersteps that the builder is given.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, executor
from typing_extensions import Never


ran = []


@executor(id="again")
async def again(text: str, ctx: WorkflowContext[str]) -> None:
    ran.append(text)
    await ctx.send_message(text)


workflow = WorkflowBuilder(start_executor=again, max_iterations=7).add_edge(again, again).build()


async def main():
    try:
        await workflow.run("x")
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"ended": asyncio.run(main()), "ran": len(ran)}))
