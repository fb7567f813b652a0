"""What a nested workflow asks a person is a message to the next step: where none takes it, nobody is asked.

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


from agent_framework import Executor, WorkflowExecutor, handler, response_handler


class Ask(Executor):
    @handler
    async def ask(self, text: str, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.request_info(text, str)

    @response_handler
    async def told(self, question: str, answer: str, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output(f"{question} {answer}")


@executor(id="end")
async def end(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(text)


def flow_of(**more):
    inner = WorkflowBuilder(start_executor=Ask(id="ask")).build()
    nested = WorkflowExecutor(inner, id="nested", **more)
    return WorkflowBuilder(start_executor=nested).add_edge(nested, end).build()


async def main():
    run, other = await flow_of().run("tea?"), await flow_of(propagate_request=True).run("tea?")
    return [(result.get_outputs(), result.get_final_state().name) for result in (run, other)]


if __name__ == "__main__":
    print(json.dumps({"runs": asyncio.run(main())}))
