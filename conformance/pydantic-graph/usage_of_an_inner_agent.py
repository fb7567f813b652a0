"""An agent that a tool runs has requests of its own, unless the tool hands its usage on.

pydantic-ai 2.68.0.
"""

import asyncio
import json
from dataclasses import dataclass

from pydantic_ai import Agent, ModelRetry, RunContext, ToolOutput
from pydantic_ai.messages import ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models.function import FunctionModel
from pydantic_ai.usage import UsageLimits

asked = []


def scripted(*turns):
    left = list(turns)

    def answer(messages, info):
        asked.append([type(part).__name__ for message in messages for part in message.parts])
        return ModelResponse(parts=[said(part) for part in left.pop(0)])

    return FunctionModel(answer)


def said(part):
    return TextPart(part) if isinstance(part, str) else ToolCallPart(part[0], part[1])


def outcome(do):
    try:
        return ["", asyncio.run(do)]
    except Exception as error:
        return [type(error).__name__, None]


inner = Agent(scripted(["found"], ["found"]), instructions="Find.")
plain = Agent(scripted([("find", {"word": "x"})], ["done"]), instructions="Ask.")
shared = Agent(scripted([("find", {"word": "x"})], ["done"]), instructions="Ask.")


@plain.tool_plain
async def find(word: str) -> str:
    """Find a word."""
    return (await inner.run(word)).output


@shared.tool(name="find")
async def find_together(ctx: RunContext[None], word: str) -> str:
    """Find a word."""
    return (await inner.run(word, usage=ctx.usage)).output


async def main(desk):
    return (await desk.run("go", usage_limits=UsageLimits(request_limit=2))).output


if __name__ == "__main__":
    print(json.dumps({"plain": outcome(main(plain)), "shared": outcome(main(shared))}))
