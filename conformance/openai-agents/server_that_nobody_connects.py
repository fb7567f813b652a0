"""A run of an agent fails whose server of tools nobody has connected.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, UserError, set_tracing_disabled
from agents.mcp import MCPServerStdio
from agents.testing import ScriptedModel, assistant_message

set_tracing_disabled(True)
server = MCPServerStdio(params={"command": "true"})
cook = Agent(name="cook", model=ScriptedModel([[assistant_message("soup")]]), mcp_servers=[server])


async def main():
    return await Runner.run(cook, "?")


if __name__ == "__main__":
    try:
        asyncio.run(main())
        fails = False
    except UserError:
        fails = True
    print(json.dumps({"fails": fails}))
