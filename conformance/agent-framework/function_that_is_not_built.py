"""A function that is a workflow is built before it is run.

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
async def pipeline(place: str) -> str:
    return await fetch(place)


async def main():
    try:
        return (await pipeline.run("x")).get_outputs()
    except AttributeError as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"raised": asyncio.run(main())}))
