"""What joins a session and what is new is given both.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, RunConfig, Runner, SQLiteSession, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message

set_tracing_disabled(True)


def outcome(do):
    try:
        do()
        return ""
    except Exception as error:
        return type(error).__name__


desk = Agent(name="desk", model=ScriptedModel([[assistant_message("a")]]))


def merge(new):
    return new


async def main():
    await Runner.run(desk, "one", session=SQLiteSession("1"), run_config=RunConfig(session_input_callback=merge))


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(main()))}))
