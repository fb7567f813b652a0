"""A filter of what a model is told returns it: one that changes it in place and returns nothing fails the run.

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



def cut(data):
    data.model_data.input = data.model_data.input[-1:]


scout = Agent(name="scout", model=says("done"))


async def main():
    return (await Runner.run(scout, "go", run_config=RunConfig(call_model_input_filter=cut))).final_output


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(main)[0]}))
