"""A session that is limited shows the model its last items only: here what was said first is not told.

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
from agents import SessionSettings

seen = []


class Seeing(ScriptedModel):
    async def get_response(self, *args, **named):
        given = named.get("input", args[1] if len(args) > 1 else None)
        seen.append([each["content"] if isinstance(each["content"], str) else each["content"][0]["text"] for each in given])
        return await super().get_response(*args, **named)


desk = Agent(
    name="desk",
    instructions="Talk.",
    model=Seeing([[assistant_message("one")], [assistant_message("two")], [assistant_message("three")]]),
)
session = SQLiteSession("ann", session_settings=SessionSettings(limit=2))


async def main():
    for said in ("a", "b", "c"):
        await Runner.run(desk, said, session=session)


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"seen": seen}))
