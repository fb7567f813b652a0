"""Hooks of an agent are no hooks of a run: the run refuses them.

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

from agents import AgentHooks

desk = Agent(name="desk", instructions="Look.", model=ScriptedModel([[assistant_message("fine")]]))


async def main():
    return (await Runner.run(desk, "go", hooks=AgentHooks())).final_output


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(main()))[0]}))
