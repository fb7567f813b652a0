"""A chain may come back to a step: that is a loop.

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
    ran.append("begin")
    await ctx.send_message(text)


@executor(id="end")
async def end(text: str, ctx: WorkflowContext[Never, str]) -> None:
    ran.append("end")
    await ctx.yield_output(text)


async def main():
    flow = WorkflowBuilder(start_executor=begin).add_chain([begin, end, begin]).build()
    return (await flow.run("x")).get_outputs()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(main)[0]}))
