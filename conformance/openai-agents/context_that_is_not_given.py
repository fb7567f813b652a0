"""A run that is given no context has None: a tool that reads an attribute of it fails, and the model is told.

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


from dataclasses import dataclass

from agents import RunContextWrapper

@dataclass
class User:
    name: str


@function_tool
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
    result = await Runner.run(clerk, "hi")
    return [str(item.output)[:40] for item in result.new_items if item.type == "tool_call_output_item"]


if __name__ == "__main__":
    e, told = outcome(main())
    print(json.dumps({"raised": e, "told": told}))
