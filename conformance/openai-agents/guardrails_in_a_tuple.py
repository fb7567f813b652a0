"""The guardrails of an agent are a list.

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

from agents import GuardrailFunctionOutput, input_guardrail


@input_guardrail
async def numbered(ctx, agent, text) -> GuardrailFunctionOutput:
    return GuardrailFunctionOutput(output_info=None, tripwire_triggered=False)


def build():
    return Agent(name="desk", instructions="Look.", input_guardrails=(numbered,))


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
