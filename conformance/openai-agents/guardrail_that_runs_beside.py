"""An input guardrail runs beside the agent: a tool may have run by the time it trips.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from agents import GuardrailFunctionOutput, InputGuardrailTripwireTriggered, input_guardrail

ran = []


@function_tool
def pay(word: str) -> str:
    """Pay."""
    ran.append("paid")
    return word


@input_guardrail
async def slow(ctx, agent, text) -> GuardrailFunctionOutput:
    await asyncio.sleep(0.3)
    return GuardrailFunctionOutput(output_info=None, tripwire_triggered=True)


desk = Agent(
    name="desk",
    instructions="Pay.",
    tools=[pay],
    input_guardrails=[slow],
    model=ScriptedModel([[function_call("pay", {"word": "a"}, call_id="one")], [assistant_message("fine")]]),
)


async def main():
    return (await Runner.run(desk, "go")).final_output


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(main()))[0], "ran": ran}))
