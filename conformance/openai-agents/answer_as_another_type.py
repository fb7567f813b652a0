"""`final_output_as` changes nothing: an answer in words is said to be of the class, and is a text.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, ModelSettings, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


def outcome(do):
    try:
        return "", asyncio.run(do)
    except Exception as error:
        return type(error).__name__, None


from pydantic import BaseModel


class Sum(BaseModel):
    total: int


clerk = Agent(name="clerk", instructions="Count.", model=ScriptedModel([[assistant_message('{"total": 3}')]]))


async def main():
    result = await Runner.run(clerk, "count")
    return result.final_output_as(Sum).total


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(main())[0]}))
