"""A tool that takes a dict is refused where its schema is strict, which is the default.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, function_tool, set_tracing_disabled
from agents.testing import function_call

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


def make():
    @function_tool
    def look_up(words: dict[str, int]) -> str:
        """Look up."""
        return "x"

    return Agent(name="desk", tools=[look_up], handoffs=[Agent(name="billing")])


if __name__ == "__main__":
    print(json.dumps({"raised": tried(make)}))
