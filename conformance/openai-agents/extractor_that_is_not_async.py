"""What takes the answer out of an agent that is a tool is async: with a plain function the call fails.

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


def only_text(result):
    return str(result.final_output)


told = []
inner = Agent(name="inner", instructions="Find.", model=ScriptedModel([[assistant_message("found")]]))


class Asked(ScriptedModel):
    async def get_response(self, *given, **named):
        told.append(str(named.get("input", given[1] if len(given) > 1 else "")))
        return await super().get_response(*given, **named)


outer = Agent(
    name="outer",
    instructions="Ask.",
    tools=[inner.as_tool(tool_name="ask", tool_description="Ask.", custom_output_extractor=only_text)],
    model=Asked([[function_call("ask", '{"input": "x"}', call_id="1")], [assistant_message("done")]]),
)


def main():
    return asyncio.run(Runner.run(outer, "a book")).final_output


if __name__ == "__main__":
    print(json.dumps({"raised": raised(main), "error": "error" in told[-1], "found": "found" in told[-1]}))
