"""An executor keeps its attributes from one run of the workflow to the next.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, executor, handler
from typing_extensions import Never


class Counter(Executor):
    def __init__(self):
        super().__init__(id="counter")
        self.seen = 0

    @handler
    async def count(self, text: str, ctx: WorkflowContext[str]) -> None:
        self.seen += 1
        await ctx.send_message(str(self.seen))


@executor(id="end")
async def end(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(text)


counter = Counter()
workflow = WorkflowBuilder(start_executor=counter).add_edge(counter, end).build()


async def main():
    return [(await workflow.run("go")).get_outputs() for _ in range(2)]


if __name__ == "__main__":
    print(json.dumps({"outputs": asyncio.run(main())}))
