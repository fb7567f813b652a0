"""An agent that is a tool has ten turns of its own, whatever the run has; out of them, the outer model is told of an error.

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



inner = Agent(name="inner", tools=[look], model=ScriptedModel([[function_call("look", {"name": "tea"}, call_id=str(n))] for n in range(30)]))
outer = Agent(
    name="outer",
    tools=[inner.as_tool("ask_inner", "asks")],
    model=ScriptedModel([[function_call("ask_inner", {"input": "x"}, call_id="1")], [assistant_message("done")]]),
)


async def main():
    result = await Runner.run(outer, "go", max_turns=50)
    return [result.final_output, len(inner.model.requests) if hasattr(inner.model, "requests") else None, [i.output for i in result.new_items if i.type == "tool_call_output_item"]]


if __name__ == "__main__":
    print(json.dumps({"got": outcome(main)}))
