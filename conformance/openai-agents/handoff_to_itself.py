"""An agent may hand over to itself.

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


desk = Agent(
    name="desk",
    instructions="Answer.",
    model=ScriptedModel([[function_call("transfer_to_desk", {}, call_id="1")], [assistant_message("done")]]),
)
desk.handoffs.append(desk)

if __name__ == "__main__":
    e, result = outcome(Runner.run(desk, "hi"))
    print(json.dumps({"raised": e, "answer": result and result.final_output}))
