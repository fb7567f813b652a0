"""A run is refused where the output type holds a dict: no strict schema can be made of it.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, set_tracing_disabled
from agents.testing import ScriptedModel, function_call
from pydantic import BaseModel

set_tracing_disabled(True)


class Row(BaseModel):
    cells: dict[str, str]


class Report(BaseModel):
    title: str
    rows: list[Row]


writer = Agent(name="writer", output_type=Report, model=ScriptedModel([]))
desk = Agent(
    name="desk",
    handoffs=[writer],
    model=ScriptedModel([[function_call("transfer_to_writer", {}, call_id="one")]]),
)


async def main():
    return (await Runner.run(desk, "write")).final_output


if __name__ == "__main__":
    try:
        asyncio.run(main())
        refused = ""
    except Exception as error:
        refused = f"{type(error).__name__}: {str(error).partition(',')[0]}"
    print(json.dumps({"refused": refused}))
