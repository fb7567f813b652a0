"""A clone has the same list of hand-offs: what is appended to one's is the other's, too.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, set_tracing_disabled
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


billing = Agent(name="billing")
refunds = Agent(name="refunds")
desk = Agent(name="desk", handoffs=[billing])
night = desk.clone(name="night")
night.handoffs.append(refunds)

if __name__ == "__main__":
    print(json.dumps({"desk": [each.name for each in desk.handoffs]}))
