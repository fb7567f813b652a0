"""A hand-off whose input type holds a dict is refused.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, handoff, set_tracing_disabled
from agents.testing import function_call
from pydantic import BaseModel

set_tracing_disabled(True)
ran = []


def call(name, arguments=None, number="1"):
    return function_call(name, arguments or {}, call_id=number)


def outcome(agent, **options):
    try:
        return "", asyncio.run(Runner.run(agent, "go", **options))
    except Exception as error:
        return type(error).__name__, None


def tried(make):
    try:
        make()
        return ""
    except Exception as error:
        return type(error).__name__


class Why(BaseModel):
    notes: dict[str, str]


async def note(ctx, given: Why):
    pass


def make():
    return Agent(name="desk", handoffs=[handoff(Agent(name="billing"), input_type=Why, on_handoff=note)])


if __name__ == "__main__":
    print(json.dumps({"raised": tried(make)}))
