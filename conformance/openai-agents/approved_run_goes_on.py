"""A run that stopped for an approval goes on with its own state, and the tool runs once.

openai-agents 0.24.0.
"""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from agents import (
    Agent,
    GuardrailFunctionOutput,
    Runner,
    SQLiteSession,
    function_tool,
    handoff,
    input_guardrail,
    output_guardrail,
    set_tracing_disabled,
)
from agents.testing import ScriptedModel, assistant_message, function_call
from pydantic import BaseModel

set_tracing_disabled(True)


def raised(do):
    with ThreadPoolExecutor() as pool:
        failure = pool.submit(do).exception()
    return type(failure).__name__ if failure else ""


ran = []


@function_tool(needs_approval=True)
def send(text: str) -> str:
    """Send a letter."""
    ran.append(text)
    return "sent"


clerk = Agent(
    name="clerk",
    instructions="Send letters.",
    tools=[send],
    model=ScriptedModel([[function_call("send", '{"text": "Dear Ann"}', call_id="1")], [assistant_message("done")]]),
)


async def main():
    result = await Runner.run(clerk, "write to Ann")
    while result.interruptions:
        state = result.to_state()
        for asked in result.interruptions:
            state.approve(asked)
        result = await Runner.run(clerk, state)
    return result.final_output


if __name__ == "__main__":
    print(json.dumps({"answer": asyncio.run(main()), "ran": ran}))
