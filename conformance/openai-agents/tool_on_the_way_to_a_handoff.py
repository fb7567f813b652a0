"""A text beside a hand-off ends nothing: the run goes on with the other agent.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

refunds = Agent(name="refunds", instructions="Pay.", model=ScriptedModel([[assistant_message("paid")]]))
desk = Agent(
    name="desk",
    instructions="Send on.",
    handoffs=[refunds],
    model=ScriptedModel([[assistant_message("wait"), function_call("transfer_to_refunds", {}, call_id="one")]]),
)


async def main():
    return (await Runner.run(desk, "money")).final_output


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
