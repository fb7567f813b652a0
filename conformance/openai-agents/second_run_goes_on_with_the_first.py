"""A second run is shown what was said in the first one where it is given that as its input.

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


seen = []


class Asked(ScriptedModel):
    async def get_response(self, *given, **named):
        seen.append(len(named.get("input", given[1] if len(given) > 1 else "")))
        return await super().get_response(*given, **named)


clerk = Agent(
    name="clerk",
    instructions="Find books.",
    model=Asked([[assistant_message("one")], [assistant_message("two")]]),
)


async def main():
    first = await Runner.run(clerk, "a book")
    said = first.to_input_list() + [{"role": "user", "content": "another one"}]
    return (await Runner.run(first.last_agent, said)).final_output


if __name__ == "__main__":
    print(json.dumps({"answer": asyncio.run(main()), "seen": seen[-1]}))
