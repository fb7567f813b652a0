"""A streamed run is no coroutine: code that waits for it fails.

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


clerk = Agent(name="clerk", instructions="Find books.", model=ScriptedModel([[assistant_message("done")]]))


async def answer():
    result = await Runner.run_streamed(clerk, "a book")
    async for event in result.stream_events():
        pass
    return result.final_output


def main():
    return asyncio.run(answer())


if __name__ == "__main__":
    print(json.dumps({"raised": raised(main)}))
