"""Two hand-offs to agents of one name are told apart by the names that they are given.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, handoff, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)

north = Agent(name="Night Desk", model=ScriptedModel([[assistant_message("from the north")]]))
south = Agent(name="night_desk", model=ScriptedModel([[assistant_message("from the south")]]))
hall = Agent(
    name="hall",
    handoffs=[handoff(north, tool_name_override="go_north"), south],
    model=ScriptedModel([[function_call("go_north", {}, call_id="one")]]),
)


async def main():
    return (await Runner.run(hall, "hello")).final_output


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
