"""A function that puts a session and the input together returns a list, or the run fails.

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



def join(history, new):
    return (history + new)[-1]


scout = Agent(name="scout", model=says("done"))


async def main():
    config = RunConfig(session_input_callback=join)
    return (await Runner.run(scout, "go", session=SQLiteSession("1"), run_config=config)).final_output


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(main)[0]}))
