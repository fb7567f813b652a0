"""In a tool, another run with what was said before fails: the last message is the call of that tool.

pydantic-ai 2.68.0.
"""

import asyncio
import json

from pydantic_ai import Agent, RunContext
from pydantic_ai.models.test import TestModel

offers = Agent(TestModel(), instructions="Write an offer.")
desk = Agent(TestModel(), instructions="Help guests.")


@desk.tool
async def get_offer(ctx: RunContext[None], stay: str) -> str:
    """An offer for a stay."""
    return (await offers.run(stay, message_history=ctx.messages)).output


async def main():
    try:
        return (await desk.run("An offer?")).output
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
