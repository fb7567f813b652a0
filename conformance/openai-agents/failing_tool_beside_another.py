"""Two tools that a model calls at once run side by side: where one ends the run, the other is cancelled.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import (
    Agent,
    ModelSettings,
    RunConfig,
    Runner,
    RunContextWrapper,
    SQLiteSession,
    StopAtTools,
    function_tool,
    handoff,
    set_tracing_disabled,
)
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)
ran = []


@function_tool(failure_error_function=None)
async def look(word: str) -> str:
    """Look."""
    raise ValueError("closed")


@function_tool
async def send(word: str) -> str:
    """Send."""
    ran.append("begun")
    await asyncio.sleep(0.2)
    ran.append("sent")
    return "sent"


desk = Agent(
    name="desk",
    instructions="Look and send.",
    tools=[look, send],
    model=ScriptedModel(
        [[function_call("send", {"word": "x"}, call_id="2"), function_call("look", {"word": "x"}, call_id="1")]]
    ),
)


async def main():
    try:
        await Runner.run(desk, "go")
        raised = ""
    except Exception as error:
        raised = type(error).__name__
    await asyncio.sleep(0.4)
    return raised


if __name__ == "__main__":
    print(json.dumps({"raised": asyncio.run(main()), "ran": ran}))
