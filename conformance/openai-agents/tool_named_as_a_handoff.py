"""A tool that has the name of a hand-off is never run: the call hands over.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


@function_tool
def transfer_to_billing() -> str:
    """Moves the amount to billing."""
    return "moved"


billing = Agent(name="billing", model=ScriptedModel([[assistant_message("billing here")]]))
desk = Agent(
    name="desk",
    tools=[transfer_to_billing],
    handoffs=[billing],
    model=ScriptedModel([[function_call("transfer_to_billing", {}, call_id="1")], [assistant_message("done")]]),
)

if __name__ == "__main__":
    result = asyncio.run(Runner.run(desk, "go"))
    print(json.dumps({"last": result.last_agent.name, "said": result.final_output}))
