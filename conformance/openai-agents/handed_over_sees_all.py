"""An agent that is handed over to is shown all that was said.

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

refunds_model = ScriptedModel([[assistant_message("paid")]])
refunds = Agent(name="refunds", instructions="Pay.", model=refunds_model)
desk = Agent(
    name="desk",
    instructions="Send on.",
    handoffs=[refunds],
    model=ScriptedModel([[function_call("transfer_to_refunds", {}, call_id="one")]]),
)


async def main():
    await Runner.run(desk, "the whole story")
    return str(refunds_model.calls[0].input)


if __name__ == "__main__":
    print(json.dumps({"story": "the whole story" in asyncio.run(main())}))
