"""A step of a workflow that is a function has to be async.

agent-framework-core 1.23.0.
"""

import json
import warnings

from agent_framework import step, workflow

warnings.simplefilter("ignore")


def make():
    @step
    def greet(name: str) -> str:
        return f"Good morning, {name}"

    @workflow
    async def letter(name: str) -> str:
        return await greet(name)

    return letter


if __name__ == "__main__":
    try:
        make()
        error = ""
    except Exception as refused:
        error = type(refused).__name__
    print(json.dumps({"refused": error}))
