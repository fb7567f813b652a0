"""A guardrail gives an output of its own class: the run of one that gives a truth fails.

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


@input_guardrail
async def is_polite(context, agent, input):
    return "please" not in str(input)


clerk = Agent(
    name="clerk",
    instructions="Find books.",
    input_guardrails=[is_polite],
    model=ScriptedModel([[assistant_message("done")]]),
)


def main():
    return asyncio.run(Runner.run(clerk, "a book, please")).final_output


if __name__ == "__main__":
    print(json.dumps({"raised": raised(main)}))
