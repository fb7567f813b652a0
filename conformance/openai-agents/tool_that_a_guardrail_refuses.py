"""A guardrail of a tool that refuses a call ends nothing: the model is told, and the tool is not run.

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

from agents import ToolGuardrailFunctionOutput, tool_input_guardrail

ran = []


@tool_input_guardrail
def no_tea(data):
    return ToolGuardrailFunctionOutput.reject_content("no tea")


@function_tool(tool_input_guardrails=[no_tea])
def order(name: str) -> str:
    """Orders it."""
    ran.append(name)
    return "ordered"


scout = Agent(
    name="scout",
    tools=[order],
    model=ScriptedModel([[function_call("order", {"name": "tea"}, call_id="1")], [assistant_message("done")]]),
)


async def main():
    result = await Runner.run(scout, "go")
    return [result.final_output, [i.output for i in result.new_items if i.type == "tool_call_output_item"]]


if __name__ == "__main__":
    print(json.dumps({"got": outcome(main)[1], "ran": ran}))
