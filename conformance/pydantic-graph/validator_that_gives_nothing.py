"""An answer is what the last validator gives back, and None where that is nothing.

pydantic-ai 2.68.0.
"""

import asyncio
import json

from pydantic_ai import Agent, ModelRetry
from pydantic_ai.models.test import TestModel

clerk = Agent(TestModel(custom_output_text="done"), instructions="Help.")


@clerk.output_validator
def checked(output: str) -> str:
    if not output:
        raise ModelRetry("say something")


async def main():
    return (await clerk.run("Go on.")).output


if __name__ == "__main__":
    print(json.dumps({"output": asyncio.run(main())}))
