"""Of two tools of one name an agent runs the last one; no error is raised.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


@function_tool(name_override="look")
def look_here() -> str:
    """Looks here."""
    return "here"


@function_tool(name_override="look")
def look_there() -> str:
    """Looks there."""
    return "there"


keeper = Agent(name="keeper", model=ScriptedModel([]))
scout = Agent(
    name="scout",
    handoffs=[keeper],
    tools=[look_here, look_there],
    model=ScriptedModel([[function_call("look", {}, call_id="1")], [assistant_message("done")]]),
)


async def main():
    result = await Runner.run(scout, "go")
    return [item.output for item in result.new_items if item.type == "tool_call_output_item"]


if __name__ == "__main__":
    print(json.dumps({"tools": asyncio.run(main())}))
