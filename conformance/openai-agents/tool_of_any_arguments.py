"""A tool that takes any arguments is refused where its schema is strict.

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

def build():
    @function_tool
    def look(**words: str) -> str:
        """Look."""
        return str(words)

    return Agent(name="desk", instructions="Look.", tools=[look])


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
