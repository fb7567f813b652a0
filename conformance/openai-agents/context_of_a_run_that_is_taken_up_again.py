"""A run that takes up an interrupted one has the context of that one, without being given it.

openai-agents 0.24.0.
"""

import asyncio
import json
from dataclasses import dataclass

from agents import Agent, Runner, RunContextWrapper, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


@dataclass
class User:
    name: str


@function_tool(needs_approval=True)
def who(ctx: RunContextWrapper[User]) -> str:
    """Who is it?"""
    return ctx.context.name


clerk = Agent[User](
    name="clerk",
    instructions="Greet.",
    tools=[who],
    model=ScriptedModel([[function_call("who", {}, call_id="1")], [assistant_message("done")]]),
)


async def main():
    result = await Runner.run(clerk, "hi", context=User("Ada"))
    state = result.to_state()
    for interruption in result.interruptions:
        state.approve(interruption)
    result = await Runner.run(clerk, state)
    return [str(item.output) for item in result.new_items if item.type == "tool_call_output_item"]


if __name__ == "__main__":
    print(json.dumps({"told": asyncio.run(main())}))
