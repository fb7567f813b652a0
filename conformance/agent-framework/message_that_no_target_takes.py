"""A message of a type that no step at the end of an edge takes is dropped, though the sender declares it.

agent-framework-core 1.23.0.
"""

import asyncio
import json
from dataclasses import dataclass

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler
from typing_extensions import Never


@dataclass
class Paper:
    title: str


class Reader(Executor):
    @handler
    async def read(self, text: str, ctx: WorkflowContext[Paper | str]) -> None:
        if not text.strip():
            await ctx.send_message("empty")
            return
        await ctx.send_message(Paper(text))


class Grader(Executor):
    @handler
    async def grade(self, paper: Paper, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output(paper.title)


reader, grader = Reader(id="reader"), Grader(id="grader")
flow = WorkflowBuilder(start_executor=reader).add_edge(reader, grader).build()


async def main():
    return (await flow.run(" ")).get_outputs()


if __name__ == "__main__":
    print(json.dumps({"outputs": asyncio.run(main())}))
