"""A dict in the output type is fine where the schema is not strict.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, AgentOutputSchema, Runner, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call
from pydantic import BaseModel

set_tracing_disabled(True)


class Report(BaseModel):
    cells: dict[str, str]


writer = Agent(
    name="writer",
    output_type=AgentOutputSchema(Report, strict_json_schema=False),
    model=ScriptedModel([[assistant_message('{"cells": {"a": "b"}}')]]),
)
desk = Agent(
    name="desk",
    handoffs=[writer],
    model=ScriptedModel([[function_call("transfer_to_writer", {}, call_id="one")]]),
)


async def main():
    return (await Runner.run(desk, "write")).final_output


if __name__ == "__main__":
    print(json.dumps({"cells": asyncio.run(main()).cells}))
