"""Two sessions of one name that are kept in memory are two: the second run is shown nothing of the first.

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
    model=Asked([[assistant_message("one")], [assistant_message("two")], [assistant_message("three")]]),
)


async def main():
    await Runner.run(clerk, "a book", session=SQLiteSession("ann"))
    kept = SQLiteSession("ann")
    await Runner.run(clerk, "another one", session=kept)
    await Runner.run(clerk, "a third one", session=kept)


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"seen": seen}))
