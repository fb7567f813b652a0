"""An agent may be told to stop at a tool that it does not have: it never stops there.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, StopAtTools, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


@function_tool
def send() -> str:
    """Sends the letter."""
    return "sent"


clerk = Agent(
    name="clerk",
    tools=[send],
    tool_use_behavior=StopAtTools(stop_at_tool_names=["sent"]),
    model=ScriptedModel([[function_call("send", {}, call_id="1")], [assistant_message("went on")]]),
)

if __name__ == "__main__":
    print(json.dumps({"said": asyncio.run(Runner.run(clerk, "go")).final_output}))
