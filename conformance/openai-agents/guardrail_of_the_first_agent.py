"""The input guardrail of the agent that a run begins with runs.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, GuardrailFunctionOutput, Runner, input_guardrail, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)
ran = []


@input_guardrail
async def numbered(ctx, agent, text) -> GuardrailFunctionOutput:
    ran.append(agent.name)
    return GuardrailFunctionOutput(output_info=None, tripwire_triggered=False)


refunds = Agent(name="refunds", instructions="Pay back.", model=ScriptedModel([[assistant_message("paid")]]))
desk = Agent(
    name="desk",
    instructions="Send on.",
    handoffs=[refunds],
    input_guardrails=[numbered],
    model=ScriptedModel([[function_call("transfer_to_refunds", {}, call_id="one")]]),
)


async def main():
    return (await Runner.run(desk, "money")).final_output


if __name__ == "__main__":
    result = asyncio.run(main())
    print(json.dumps({"result": result, "guarded": ran}))
