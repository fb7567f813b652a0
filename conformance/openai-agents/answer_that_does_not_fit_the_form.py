"""An answer that does not fit the output type fails the run; it is not asked again.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, ModelSettings, RunConfig, Runner, SQLiteSession, function_tool, handoff, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


@function_tool
def look(name: str) -> str:
    """Looks it up."""
    return "found"


def says(*texts):
    return ScriptedModel([[assistant_message(text)] for text in texts])



def outcome(do):
    try:
        return "", asyncio.run(do())
    except Exception as error:
        return type(error).__name__, None

from pydantic import BaseModel


class Bill(BaseModel):
    amount: int


scout = Agent(name="scout", model=says("twelve"), output_type=Bill)


async def main():
    return (await Runner.run(scout, "go")).final_output


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(main)[0]}))
