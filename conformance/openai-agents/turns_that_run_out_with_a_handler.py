"""A handler for turns that run out gives the answer, and nothing is raised.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, ModelSettings, RunConfig, Runner, SQLiteSession, function_tool, handoff, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


@function_tool
def look(name: str) -> str:
    """Looks it up."""
    return "found"


def says(*texts):
    return ScriptedModel([[assistant_message(text)] for text in texts])



def outcome(do):
    try:
        return "", asyncio.run(do())
    except Exception as error:
        return type(error).__name__, None


scout = Agent(name="scout", tools=[look], model=ScriptedModel([[function_call("look", {"name": "tea"}, call_id=str(n))] for n in range(4)]))


async def main():
    result = await Runner.run(scout, "go", max_turns=2, error_handlers={"max_turns": lambda data: "out of turns"})
    return result.final_output


if __name__ == "__main__":
    raised, answer = outcome(main)
    print(json.dumps({"raised": raised, "answer": answer}))
