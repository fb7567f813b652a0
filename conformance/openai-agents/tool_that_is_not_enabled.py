"""A tool that is not enabled is not offered: a model that calls it all the same ends the run.

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


@function_tool(is_enabled=False)
def send(text: str) -> str:
    """Send a letter."""
    return "sent"


clerk = Agent(
    name="clerk",
    instructions="Send letters.",
    tools=[send],
    model=ScriptedModel([[function_call("send", '{"text": "x"}', call_id="1")], [assistant_message("done")]]),
)


def main():
    return asyncio.run(Runner.run(clerk, "write to Ann")).final_output


if __name__ == "__main__":
    print(json.dumps({"raised": raised(main)}))
