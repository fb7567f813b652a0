"""A tool of an agent that is a tool may need approval: the outer run stops for it, and goes on from there.

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


@function_tool(needs_approval=True)
def pay(amount: int) -> str:
    """Pay."""
    ran.append("pay")
    return "paid"


@function_tool
def look(word: str) -> str:
    """Look."""
    ran.append("look")
    return word


payer = Agent(
    name="payer",
    instructions="Pay.",
    tools=[pay, look],
    model=ScriptedModel(
        [
            [function_call("look", {"word": "x"}, call_id="0")],
            [function_call("pay", {"amount": 1}, call_id="1")],
            [assistant_message("paid it")],
        ]
    ),
)
desk = Agent(
    name="desk",
    instructions="Have it paid.",
    tools=[payer.as_tool("payer", "Pays.")],
    model=ScriptedModel([[function_call("payer", {"input": "x"}, call_id="2")], [assistant_message("done")]]),
)


async def main():
    result = await Runner.run(desk, "pay")
    first = [result.final_output, [each.name for each in result.interruptions], list(ran)]
    state = result.to_state()
    for each in result.interruptions:
        state.approve(each)
    result = await Runner.run(desk, state)
    return first, result.final_output


if __name__ == "__main__":
    first, last = asyncio.run(main())
    print(json.dumps({"first": first, "last": last, "ran": ran}))
