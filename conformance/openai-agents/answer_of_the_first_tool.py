"""With `stop_on_first_tool` the answer is what the tool gives: the output type is not asked.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call
from pydantic import BaseModel

set_tracing_disabled(True)


class Price(BaseModel):
    amount: int


@function_tool
def look_up(name: str) -> str:
    return "about three"


shop = Agent(
    name="shop",
    output_type=Price,
    tools=[look_up],
    tool_use_behavior="stop_on_first_tool",
    model=ScriptedModel([[function_call("look_up", {"name": "bread"}, call_id="one")]]),
)
hall = Agent(
    name="hall",
    handoffs=[shop],
    model=ScriptedModel([[function_call("transfer_to_shop", {}, call_id="zero")]]),
)


async def main():
    return (await Runner.run(hall, "bread")).final_output


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
