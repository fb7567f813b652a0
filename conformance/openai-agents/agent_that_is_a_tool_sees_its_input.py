"""An agent that is a tool is shown what the call says, and nothing of what was said before.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

inner_model = ScriptedModel([[assistant_message("inner done")]])
inner = Agent(name="inner", instructions="Look.", model=inner_model)
desk = Agent(
    name="desk",
    instructions="Ask.",
    tools=[inner.as_tool("ask", "Ask.")],
    model=ScriptedModel([[function_call("ask", {"input": "look here"}, call_id="one")], [assistant_message("fine")]]),
)


async def main():
    await Runner.run(desk, "the whole story")
    return str(inner_model.calls[0].input)


if __name__ == "__main__":
    seen = asyncio.run(main())
    print(json.dumps({"story": "the whole story" in seen, "call": "look here" in seen}))
