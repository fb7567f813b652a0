"""The output guardrail of an agent that hands over never runs where it hands over.

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

from agents import GuardrailFunctionOutput, output_guardrail

ran = []


@output_guardrail
async def polite(ctx, agent, output) -> GuardrailFunctionOutput:
    ran.append(agent.name)
    return GuardrailFunctionOutput(output_info=None, tripwire_triggered=False)


refunds = Agent(name="refunds", instructions="Pay.", model=ScriptedModel([[assistant_message("paid")]]))
desk = Agent(
    name="desk",
    instructions="Send on.",
    handoffs=[refunds],
    output_guardrails=[polite],
    model=ScriptedModel([[function_call("transfer_to_refunds", {}, call_id="one")]]),
)


async def main():
    return (await Runner.run(desk, "money")).final_output


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main()), "guarded": ran}))
