"""A hand-off that is not enabled is not offered.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, handoff, set_tracing_disabled
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


billing = Agent(name="billing", model=ScriptedModel([[assistant_message("billing here")]]))
desk = Agent(
    name="desk",
    handoffs=[handoff(billing, is_enabled=False)],
    model=ScriptedModel([[call("transfer_to_billing")], [assistant_message("x")]]),
)

if __name__ == "__main__":
    e, r = outcome(desk)
    print(json.dumps({"raised": e}))
