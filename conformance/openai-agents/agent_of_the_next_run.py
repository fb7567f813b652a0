"""The next run with one session begins with the agent that it is given, not with whom the last one was handed over to.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, SQLiteSession, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


billing = Agent(name="billing", model=ScriptedModel([[assistant_message("billing here")]]))
desk = Agent(
    name="desk",
    handoffs=[billing],
    model=ScriptedModel([[function_call("transfer_to_billing", {}, call_id="1")], [assistant_message("desk here")]]),
)


async def main():
    session = SQLiteSession("one")
    results = [await Runner.run(desk, text, session=session) for text in ("pay", "and more")]
    return [result.last_agent.name for result in results]


if __name__ == "__main__":
    print(json.dumps({"last": asyncio.run(main())}))
