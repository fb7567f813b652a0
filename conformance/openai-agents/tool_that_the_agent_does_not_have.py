"""A model that calls a tool which the agent does not have ends the run.

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


scout = Agent(name="scout", model=ScriptedModel([[function_call("looks", {}, call_id="1")], [assistant_message("done")]]), tools=[look])


async def main():
    return (await Runner.run(scout, "go")).final_output


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(main)[0]}))
