"""A run that is streamed has no answer until its events have been read.

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


scout = Agent(name="scout", model=says("done"))


async def main():
    result = Runner.run_streamed(scout, "go")
    early = result.final_output
    async for _ in result.stream_events():
        pass
    return [early, result.final_output]


if __name__ == "__main__":
    print(json.dumps({"answers": outcome(main)[1]}))
