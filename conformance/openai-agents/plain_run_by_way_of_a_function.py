"""A plain run fails where an event loop is running, also by way of a function that a coroutine calls.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message

set_tracing_disabled(True)
cook = Agent(name="cook", model=ScriptedModel([[assistant_message("soup")], [assistant_message("soup")]]))


def cooked(wish: str) -> str:
    return Runner.run_sync(cook, wish).final_output


async def served(wish: str) -> str:
    return cooked(wish)


async def served_from_a_thread(wish: str) -> str:
    return await asyncio.to_thread(cooked, wish)


if __name__ == "__main__":
    try:
        asyncio.run(served("?"))
        fails = False
    except RuntimeError:
        fails = True
    print(json.dumps({"fails": fails}))
