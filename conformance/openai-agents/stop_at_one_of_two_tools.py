"""Where a model calls two tools at once and is to stop at one of them, both run, and the answer is that one's.

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


@function_tool
def look(word: str) -> str:
    """Look."""
    ran.append("look")
    return "looked"


@function_tool
def send(word: str) -> str:
    """Send."""
    ran.append("send")
    return "sent"


desk = Agent(
    name="desk",
    instructions="Look, then send.",
    tools=[look, send],
    tool_use_behavior=StopAtTools(stop_at_tool_names=["send"]),
    model=ScriptedModel(
        [[function_call("look", {"word": "x"}, call_id="1"), function_call("send", {"word": "x"}, call_id="2")]]
    ),
)


async def main():
    return (await Runner.run(desk, "go")).final_output


if __name__ == "__main__":
    answer = asyncio.run(main())
    print(json.dumps({"answer": answer, "ran": sorted(ran)}))
