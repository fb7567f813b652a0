"""A guardrail that trips in an agent used as a tool ends that agent only: the outer model is told of some error.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, GuardrailFunctionOutput, Runner, input_guardrail, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


@input_guardrail
async def never(ctx, agent, text) -> GuardrailFunctionOutput:
    return GuardrailFunctionOutput(output_info=None, tripwire_triggered=True)


vault = Agent(name="vault", input_guardrails=[never], model=ScriptedModel([[assistant_message("open")]]))
desk = Agent(
    name="desk",
    tools=[vault.as_tool("ask_vault", "Asks.")],
    model=ScriptedModel([[function_call("ask_vault", {"input": "open"}, call_id="one")], [assistant_message("done")]]),
)


async def main():
    result = await Runner.run(desk, "open it")
    told = [item.output for item in result.new_items if item.type == "tool_call_output_item"]
    return {"result": result.final_output, "told": told}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main())))
