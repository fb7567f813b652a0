"""The instructions of an agent are a text or a function: a list is refused.

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



class Clerk:
    pass


scout = Agent(name="scout", instructions=["Be brief.", "Be polite."], model=says("done")) if False else None


def make():
    return Agent(name="scout", instructions=["Be brief.", "Be polite."], model=says("done"))


if __name__ == "__main__":
    raised = ""
    try:
        make()
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
