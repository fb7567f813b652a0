"""A guardrail takes a context, an agent, and what is guarded: the run of one that takes fewer fails.

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


@output_guardrail
async def is_short(context, output):
    return GuardrailFunctionOutput(output_info=None, tripwire_triggered=len(output) > 100)


clerk = Agent(
    name="clerk",
    instructions="Find books.",
    output_guardrails=[is_short],
    model=ScriptedModel([[assistant_message("done")]]),
)


def main():
    return asyncio.run(Runner.run(clerk, "a book")).final_output


if __name__ == "__main__":
    print(json.dumps({"raised": raised(main)}))
