"""With chosen outputs, what other steps yield is hidden.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import WorkflowBuilder, WorkflowContext, executor


@executor(id="start")
async def start(text: str, ctx: WorkflowContext[str, str]) -> None:
    await ctx.yield_output("early")
    await ctx.send_message(text)


@executor(id="end")
async def end(text: str, ctx: WorkflowContext[str, str]) -> None:
    await ctx.yield_output("late")


workflow = WorkflowBuilder(start_executor=start, output_from=[end]).add_edge(start, end).build()
both = WorkflowBuilder(start_executor=start).add_edge(start, end).build()


async def main():
    chosen = (await workflow.run("go")).get_outputs()
    return chosen, (await both.run("go")).get_outputs()


if __name__ == "__main__":
    chosen, every = asyncio.run(main())
    print(json.dumps({"chosen": chosen, "every": every}))
