"""Of two hand-offs whose tools have one name the last one counts, and names are told apart without case and blanks.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)

north = Agent(name="Night Desk", model=ScriptedModel([[assistant_message("from the north")]]))
south = Agent(name="night_desk", model=ScriptedModel([[assistant_message("from the south")]]))
hall = Agent(
    name="hall",
    handoffs=[north, south],
    model=ScriptedModel([[function_call("transfer_to_night_desk", {}, call_id="one")]]),
)


async def main():
    return (await Runner.run(hall, "hello")).final_output


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
