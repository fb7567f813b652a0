"""An agent hands over to agents: the run of one that is given the name of another fails.

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


billing = Agent(name="billing", instructions="Answer.", model=ScriptedModel([[assistant_message("paid")]]))
clerk = Agent(
    name="clerk",
    instructions="Hand over.",
    handoffs=["billing"],
    model=ScriptedModel([[function_call("transfer_to_billing", "{}", call_id="1")]]),
)


def main():
    return asyncio.run(Runner.run(clerk, "a bill")).final_output


if __name__ == "__main__":
    print(json.dumps({"raised": raised(main)}))
