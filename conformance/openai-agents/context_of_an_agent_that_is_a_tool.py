"""An agent that is a tool shares the context of the outer run: what its tools set there the outer agent's tools find.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import (
    Agent,
    ModelSettings,
    RunConfig,
    Runner,
    RunContextWrapper,
    SQLiteSession,
    StopAtTools,
    function_tool,
    handoff,
    set_tracing_disabled,
)
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)
from dataclasses import dataclass


@dataclass
class Case:
    name: str
    amount: int = 0


found = []


@function_tool
def look(ctx: RunContextWrapper[Case]) -> str:
    """Look the amount up."""
    ctx.context.amount = 3
    return "looked"


@function_tool
def pay(ctx: RunContextWrapper[Case]) -> str:
    """Pay the amount."""
    found.append(ctx.context.amount)
    return "paid"


finder = Agent[Case](
    name="finder",
    instructions="Find.",
    tools=[look],
    model=ScriptedModel([[function_call("look", {}, call_id="1")], [assistant_message("found")]]),
)
desk = Agent[Case](
    name="desk",
    instructions="Find, then pay.",
    tools=[finder.as_tool("find", "Find the amount."), pay],
    model=ScriptedModel(
        [
            [function_call("find", {"input": "x"}, call_id="2")],
            [function_call("pay", {}, call_id="3")],
            [assistant_message("done")],
        ]
    ),
)


async def main():
    result = await Runner.run(desk, "pay", context=Case(name="a"))
    return result.context_wrapper.usage.requests


if __name__ == "__main__":
    print(json.dumps({"requests": asyncio.run(main()), "found": found}))
