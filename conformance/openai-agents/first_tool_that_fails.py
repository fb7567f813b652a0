"""With `stop_on_first_tool` a tool that raises ends the run: what is said of its failure is the answer.

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
@function_tool
def look(word: str) -> str:
    """Look."""
    raise ValueError("closed")


desk = Agent(
    name="desk",
    instructions="Look.",
    tools=[look],
    tool_use_behavior="stop_on_first_tool",
    model=ScriptedModel([[function_call("look", {"word": "x"}, call_id="1")], [assistant_message("closed today")]]),
)


async def main():
    return (await Runner.run(desk, "go")).final_output


if __name__ == "__main__":
    print(json.dumps({"answer": asyncio.run(main())}))
