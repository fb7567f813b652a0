"""A run may be begun first and waited for later, or handed on: nothing of it is read before.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message

set_tracing_disabled(True)
clerk = Agent(
    name="clerk",
    instructions="Find books.",
    model=ScriptedModel([[assistant_message("one")], [assistant_message("two")], [assistant_message("three")]]),
)


async def main():
    pending = Runner.run(clerk, "a book")
    first = await pending
    task = asyncio.create_task(Runner.run(clerk, "a book"))
    second = await task
    (third,) = await asyncio.gather(Runner.run(clerk, "a book"))
    streamed = Runner.run_streamed
    return [first.final_output, second.final_output, third.final_output, callable(streamed)]


if __name__ == "__main__":
    print(json.dumps({"answers": asyncio.run(main())}))
