"""An answer with a form is an object of it: it has no keys.

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


class Book(BaseModel):
    title: str


clerk = Agent(
    name="clerk",
    instructions="Find books.",
    output_type=Book,
    model=ScriptedModel([[assistant_message('{"title": "Tea"}')]]),
)


def main():
    result = asyncio.run(Runner.run(clerk, "a book"))
    return result.final_output["title"]


if __name__ == "__main__":
    print(json.dumps({"raised": raised(main)}))
