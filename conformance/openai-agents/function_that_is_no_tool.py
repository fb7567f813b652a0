"""A plain function is no tool: the run of an agent that has one fails.

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


def find(name: str) -> str:
    """Find a book."""
    return name


clerk = Agent(
    name="clerk",
    instructions="Find books.",
    tools=[find],
    model=ScriptedModel([[function_call("find", '{"name": "tea"}', call_id="1")], [assistant_message("done")]]),
)


def main():
    return asyncio.run(Runner.run(clerk, "a book")).final_output


if __name__ == "__main__":
    print(json.dumps({"raised": raised(main)}))
