"""A run ends with an error after fifty requests where nobody limits it; None as the limit is none.

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


ran = []


def made():
    desk = Agent(scripted(*[[("look", {"word": "x"})]] * 60, ["done"]), instructions="Look.")

    @desk.tool_plain
    def look(word: str) -> str:
        """Look a word up."""
        ran.append(word)
        return word

    return desk


async def main(**more):
    return (await made().run("go", **more)).output


if __name__ == "__main__":
    facts = {}
    for name, more in (("plain", {}), ("none", {"usage_limits": UsageLimits(request_limit=None)})):
        asked.clear()
        facts[name] = [outcome(main(**more)), len(asked)]
    print(json.dumps(facts))
