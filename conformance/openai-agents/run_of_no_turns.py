"""A run of no turns is refused when it begins; none as the limit is no limit.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


clerk = Agent(name="clerk", model=ScriptedModel([[assistant_message("done")]]))


async def main():
    try:
        return (await Runner.run(clerk, "go", max_turns=0)).final_output
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"ended": asyncio.run(main())}))
