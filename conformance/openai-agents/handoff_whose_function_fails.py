"""A hand-off filter that raises fails the run, and so does a hand-off function that raises.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, ModelSettings, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


def outcome(do):
    try:
        return "", asyncio.run(do)
    except Exception as error:
        return type(error).__name__, None


from agents import handoff


def fail(context):
    raise ValueError("no")


def agents(**more):
    other = Agent(name="other", model=ScriptedModel([[assistant_message("done")]]))
    return Agent(
        name="desk",
        handoffs=[handoff(other, **more)],
        model=ScriptedModel([[function_call("transfer_to_other", {}, call_id="1")]]),
    )


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(Runner.run(agents(on_handoff=fail), "hi"))[0]}))
