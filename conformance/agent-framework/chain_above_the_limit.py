"""A chain of more steps than the workflow may have supersteps fails.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import (
    Agent,
    AgentContext,
    AgentMiddleware,
    BaseChatClient,
    ChatContext,
    ChatResponse,
    Content,
    Executor,
    FunctionInvocationContext,
    FunctionInvocationLayer,
    FunctionMiddleware,
    Message,
    WorkflowBuilder,
    WorkflowContext,
    executor,
    handler,
    tool,
)
from typing_extensions import Never

ran = []


def outcome(do):
    try:
        return ["", asyncio.run(do())]
    except Exception as error:
        return [type(error).__name__, None]


class Client(FunctionInvocationLayer, BaseChatClient):
    def __init__(self, *answers):
        super().__init__()
        self.answers = list(answers)
        self.asked = 0
        self.told = []

    def _inner_get_response(self, *, messages, stream=False, options=None, **kwargs):
        self.asked += 1
        self.told.append([each.text for each in messages if each.text])
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        parts = answer if isinstance(answer, list) else [answer]

        async def give():
            return ChatResponse(messages=[Message(role="assistant", contents=[made(n, part) for n, part in enumerate(parts)])])

        return give()


def made(n, part):
    if isinstance(part, str):
        return Content.from_text(part)
    return Content.from_function_call(call_id=f"{part[0]}{n}{len(ran)}", name=part[0], arguments=part[1])


@executor(id="a")
async def a(text: str, ctx: WorkflowContext[str]) -> None:
    ran.append("a")
    await ctx.send_message(text)


@executor(id="b")
async def b(text: str, ctx: WorkflowContext[str]) -> None:
    ran.append("b")
    await ctx.send_message(text)


@executor(id="c")
async def c(text: str, ctx: WorkflowContext[Never, str]) -> None:
    ran.append("c")
    await ctx.yield_output(text)


async def short():
    return (await WorkflowBuilder(start_executor=a, max_iterations=2).add_chain([a, b, c]).build().run("x")).get_outputs()


async def enough():
    return (await WorkflowBuilder(start_executor=a, max_iterations=3).add_chain([a, b, c]).build().run("x")).get_outputs()


if __name__ == "__main__":
    print(json.dumps({"short": outcome(short), "enough": outcome(enough), "ran": ran}))
