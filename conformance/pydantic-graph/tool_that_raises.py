"""A tool that raises ends the run: the model is not told.

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


desk = Agent(scripted([("look", {"word": "x"})], ["done"]), instructions="Look.")


@desk.tool_plain
def look(word: str) -> str:
    """Look a word up."""
    raise ValueError("closed")


async def main():
    return (await desk.run("go")).output


if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(main()), "asked": len(asked)}))
