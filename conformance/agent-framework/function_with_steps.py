"""A workflow that is a function: its steps run as plain code calls them, and what it returns is the output.

agent-framework-core 1.23.0.
"""

import asyncio
import json
import warnings

from agent_framework import step, workflow

warnings.simplefilter("ignore")
ran = []


@step
async def fetch(place: str) -> str:
    ran.append("fetch")
    return f"a page of {place}"


@step(name="shorten")
async def summarize(page: str) -> str:
    ran.append("shorten")
    return page[:6]


@workflow
async def pipeline(place: str) -> str:
    page = await fetch(place)
    return await summarize(page)


async def main():
    return (await pipeline.build().run("a harbour")).get_outputs()


if __name__ == "__main__":
    outputs = asyncio.run(main())
    print(json.dumps({"ran": ran, "outputs": outputs}))
