"""An input guardrail that is not to run in parallel is waited for: where it trips, no tool has run.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, ModelSettings, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


def outcome(do):
    try:
        return "", asyncio.run(do)
    except Exception as error:
        return type(error).__name__, None


from agents import GuardrailFunctionOutput, input_guardrail

ran = []


@function_tool
def pay(amount: int) -> str:
    """Pay."""
    ran.append("pay")
    return "paid"


@input_guardrail(run_in_parallel=False)
async def small(ctx, agent, text):
    await asyncio.sleep(0.2)
    return GuardrailFunctionOutput(output_info=None, tripwire_triggered="much" in text)


clerk = Agent(
    name="clerk",
    instructions="Pay what is asked for.",
    tools=[pay],
    input_guardrails=[small],
    model=ScriptedModel([[function_call("pay", {"amount": 1}, call_id="1")], [assistant_message("done")]]),
)

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(Runner.run(clerk, "pay much"))[0], "ran": ran}))
