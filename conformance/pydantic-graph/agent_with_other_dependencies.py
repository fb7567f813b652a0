"""A run that passes dependencies of another class hands them on as they are.

pydantic-ai 2.68.0.
"""

import asyncio
import json
from dataclasses import dataclass

from pydantic_ai import Agent, RunContext
from pydantic_ai.models.test import TestModel


@dataclass
class Ledger:
    balance: int


@dataclass
class Clock:
    hour: int


teller = Agent(TestModel(), deps_type=Ledger, instructions="Tell the balance.")


@teller.tool
def balance(ctx: RunContext[Ledger]) -> int:
    """The balance."""
    return ctx.deps.balance


async def main():
    try:
        return (await teller.run("How much?", deps=Clock(9))).output
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
