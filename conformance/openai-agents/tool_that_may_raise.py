"""A tool without a function for its failures ends the run when it fails.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

@function_tool(failure_error_function=None)
def look(word: str) -> str:
    """Look."""
    raise KeyError(word)


desk = Agent(
    name="desk",
    instructions="Look.",
    tools=[look],
    model=ScriptedModel([[function_call("look", {"word": "a"}, call_id="one")], [assistant_message("fine")]]),
)


async def main():
    return (await Runner.run(desk, "go")).final_output


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(main()))[0]}))
