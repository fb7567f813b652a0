"""A function for the instructions takes two arguments: the run of one that takes fewer fails.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, set_tracing_disabled
from agents.testing import ScriptedModel

set_tracing_disabled(True)


def told(ctx):
    return "Be brief."


billing = Agent(name="billing")
desk = Agent(name="desk", instructions=told, handoffs=[billing], model=ScriptedModel([]))


async def main():
    return (await Runner.run(desk, "hello")).final_output


if __name__ == "__main__":
    try:
        asyncio.run(main())
        failed = ""
    except TypeError as error:
        failed = str(error).partition(", but")[0]
    print(json.dumps({"failed": failed}))
