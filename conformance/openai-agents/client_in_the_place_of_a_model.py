"""The model of an agent is a name or a model: a client is refused.

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


from openai import AsyncOpenAI


def build():
    return Agent(name="clerk", instructions="Find books.", model=AsyncOpenAI(api_key="none"))


if __name__ == "__main__":
    print(json.dumps({"raised": raised(build)}))
