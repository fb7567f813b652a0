"""A tool that raises is told to the model, and the run goes on.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

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


@function_tool
def look_up() -> str:
    """Look up."""
    raise ValueError("no")


desk = Agent(name="desk", tools=[look_up], model=ScriptedModel([[call("look_up")], [assistant_message("sorry")]]))

if __name__ == "__main__":
    e, r = outcome(desk)
    print(json.dumps({"raised": e, "said": r and r.final_output}))
