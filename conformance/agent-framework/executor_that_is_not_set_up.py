"""An executor whose constructor leaves out that of its base has no id, and the workflow fails.

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



class Count(Executor):
    def __init__(self, step):
        self.step = step

    @handler
    async def count(self, text: str, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output(text)


async def main():
    flow = WorkflowBuilder(start_executor=Count(1)).build()
    return (await flow.run("x")).get_outputs()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(main)[0]}))
