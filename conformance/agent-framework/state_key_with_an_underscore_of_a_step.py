"""A key of the state of a graph may begin with an underscore.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import Agent, Executor, WorkflowBuilder, WorkflowContext, executor, handler, tool
from agent_framework import AgentResponse, BaseAgent, BaseChatClient, ChatResponse, Content, FunctionInvocationLayer, Message
from typing_extensions import Never

ran = []


def outcome(do):
    try:
        return "", asyncio.run(do())
    except Exception as error:
        return type(error).__name__, None



@executor(id="begin")
async def begin(text: str, ctx: WorkflowContext[str]) -> None:
    ctx.set_state("_note", text)
    await ctx.send_message(text)


@executor(id="end")
async def end(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(str(ctx.get_state("_note")))


async def main():
    flow = WorkflowBuilder(start_executor=begin).add_edge(begin, end).build()
    return (await flow.run("x")).get_outputs()


if __name__ == "__main__":
    print(json.dumps({"got": outcome(main)}))
