"""A tool's context is its first parameter.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from agents import RunContextWrapper


def build():
    @function_tool
    def look(word: str, context: RunContextWrapper[None]) -> str:
        """Look."""
        return word

    return Agent(name="desk", instructions="Look.", tools=[look])


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
