"""A plain function among the guardrails of an agent fails the run.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, RunConfig, Runner, SQLiteSession, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message

set_tracing_disabled(True)


def outcome(do):
    try:
        do()
        return ""
    except Exception as error:
        return type(error).__name__


def check(context, agent, data):
    return None


desk = Agent(name="desk", model=ScriptedModel([[assistant_message("a")]]), input_guardrails=[check])

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(Runner.run(desk, "go")))}))
