"""A filter of a hand-off takes the place of the one for all hand-offs of the run.

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

from agents import handoff

seen = []
desk = Agent(name="desk", model=says("done"))
scout = Agent(
    name="scout",
    handoffs=[handoff(desk, input_filter=lambda data: (seen.append("own"), data)[1])],
    model=ScriptedModel([[function_call("transfer_to_desk", {}, call_id="1")]]),
)


async def main():
    config = RunConfig(handoff_input_filter=lambda data: (seen.append("run"), data)[1])
    return (await Runner.run(scout, "go", run_config=config)).final_output


if __name__ == "__main__":
    outcome(main)
    print(json.dumps({"filters": seen}))
