"""A workflow that is a function has to be given a message, and refuses one that it has no parameter for.

agent-framework-core 1.23.0.
"""

import asyncio
import json
import warnings

from agent_framework import step, workflow

warnings.simplefilter("ignore")


@step
async def fetch(place: str) -> str:
    return f"a page of {place}"


@workflow
async def pipeline() -> str:
    return await fetch("x")


async def main(*given):
    try:
        return (await pipeline.build().run(*given)).get_outputs()
    except ValueError as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"with": asyncio.run(main("x")), "without": asyncio.run(main())}))
