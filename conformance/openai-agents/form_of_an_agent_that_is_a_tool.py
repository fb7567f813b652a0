"""The answer in form of an agent that is a tool is told to the outer model as Python shows it, not as JSON.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call
from pydantic import BaseModel

set_tracing_disabled(True)


class Bill(BaseModel):
    amount: int
    paid: bool


teller = Agent(
    name="teller", output_type=Bill, model=ScriptedModel([[assistant_message('{"amount": 3, "paid": true}')]])
)
desk = Agent(
    name="desk",
    tools=[teller.as_tool("ask_teller", "Asks.")],
    model=ScriptedModel([[function_call("ask_teller", {"input": "x"}, call_id="1")], [assistant_message("done")]]),
)


async def main():
    result = await Runner.run(desk, "go")
    return [item.raw_item["output"] for item in result.new_items if item.type == "tool_call_output_item"]


if __name__ == "__main__":
    print(json.dumps({"told": asyncio.run(main())}))
