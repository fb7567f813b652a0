"""A conversation that the service keeps cannot be run with output guardrails.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, ModelSettings, RunConfig, Runner, SQLiteSession, function_tool, handoff, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


@function_tool
def look(name: str) -> str:
    """Looks it up."""
    return "found"


def says(*texts):
    return ScriptedModel([[assistant_message(text)] for text in texts])



def outcome(do):
    try:
        return "", asyncio.run(do())
    except Exception as error:
        return type(error).__name__, None

from agents import GuardrailFunctionOutput, output_guardrail


@output_guardrail
async def polite(context, agent, output):
    return GuardrailFunctionOutput(output_info=None, tripwire_triggered=False)


scout = Agent(name="scout", model=says("done"), output_guardrails=[polite])


async def main():
    return (await Runner.run(scout, "go", conversation_id="conv_1")).final_output


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(main)[0]}))
