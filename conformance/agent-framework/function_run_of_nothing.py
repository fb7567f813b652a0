"""A run of a workflow that is a function needs a message, answers, or a checkpoint.

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
        return (await pipeline.build().run()).get_outputs()
    except ValueError as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"raised": asyncio.run(main())}))
