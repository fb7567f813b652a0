"""A tool that needs approval stops the run: there is no answer until somebody approves and the run goes on.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, ModelSettings, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


def outcome(do):
    try:
        return "", asyncio.run(do)
    except Exception as error:
        return type(error).__name__, None


ran = []


@function_tool(needs_approval=True)
def pay(amount: int) -> str:
    """Pay."""
    ran.append("pay")
    return "paid"


clerk = Agent(
    name="clerk",
    instructions="Pay what is asked for.",
    tools=[pay],
    model=ScriptedModel([[function_call("pay", {"amount": 1}, call_id="1")], [assistant_message("done")]]),
)


async def main():
    result = await Runner.run(clerk, "pay")
    return result.final_output, len(result.interruptions)


if __name__ == "__main__":
    e, answer = outcome(main())
    print(json.dumps({"raised": e, "answer": answer, "ran": ran}))
