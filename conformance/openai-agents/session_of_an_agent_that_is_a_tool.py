"""An agent that is a tool writes nothing into the session of the outer run.

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
seen = []
inner = Agent(name="inner", instructions="Find.", model=ScriptedModel([[assistant_message("INNER")]]))
desk = Agent(
    name="desk",
    instructions="Ask.",
    tools=[inner.as_tool("inner", "Finds.")],
    model=ScriptedModel([[function_call("inner", {"input": "SECRET"}, call_id="2")], [assistant_message("done")]]),
)
session = SQLiteSession("ann")


async def main():
    await Runner.run(desk, "go", session=session)
    items = await session.get_items()
    return [each.get("type", each.get("role")) for each in items]


if __name__ == "__main__":
    print(json.dumps({"kept": asyncio.run(main())}))
