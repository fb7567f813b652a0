"""A workflow that is a function is given one message: with more parameters it is refused.

agent-framework-core 1.23.0.
"""

import json
import warnings

from agent_framework import step, workflow

warnings.simplefilter("ignore")


@step
async def greet(name: str) -> str:
    return f"Good morning, {name}"


def make():
    @workflow
    async def letter(name: str, place: str) -> str:
        return await greet(name) + place

    return letter


if __name__ == "__main__":
    try:
        make()
        error = ""
    except Exception as refused:
        error = type(refused).__name__
    print(json.dumps({"refused": error}))
