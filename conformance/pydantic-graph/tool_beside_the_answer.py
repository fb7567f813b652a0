"""A tool that is called beside the answer runs all the same, unless the agent is told to end early.

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


@dataclass
class Bill:
    amount: int


ran = []


def made(**more):
    desk = Agent(
        scripted([("final_result", {"amount": 3}), ("send", {"word": "x"})]),
        output_type=ToolOutput(Bill),
        instructions="Send.",
        **more,
    )

    @desk.tool_plain
    def send(word: str) -> str:
        """Send a word."""
        ran.append(word)
        return "sent"

    return desk


async def main(desk):
    return (await desk.run("go")).output.amount


if __name__ == "__main__":
    facts = {}
    for name, more in (("plain", {}), ("early", {"end_strategy": "early"})):
        ran.clear()
        facts[name] = [outcome(main(made(**more))), len(ran)]
    print(json.dumps(facts))
