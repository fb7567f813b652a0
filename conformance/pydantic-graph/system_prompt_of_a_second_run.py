"""A run that is given what was said before is told no system prompt of its agent; its instructions it is told.

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


def told(messages):
    return [part.content for message in messages for part in message.parts if type(part).__name__ == "SystemPromptPart"]


seen = []


def answer(messages, info):
    seen.append([told(messages), info.instructions])
    return ModelResponse(parts=[TextPart("ok")])


model = FunctionModel(answer)
first = Agent(model, system_prompt="Be kind.", instructions="Be short.")
second = Agent(model, system_prompt="Be strict.", instructions="Be long.")


async def main():
    before = await first.run("one")
    return (await second.run("two", message_history=before.all_messages())).output


if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(main()), "seen": seen}))
