"""With `reset_tool_choice=False` an agent that has to call a tool has to in every turn, and never answers.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, ModelSettings, Runner, function_tool, set_tracing_disabled
from agents.exceptions import MaxTurnsExceeded
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)
asked = []


class Obedient(ScriptedModel):
    async def get_response(self, *args, **named):
        settings = named.get("model_settings", args[2] if len(args) > 2 else None)
        asked.append(settings.tool_choice)
        return await super().get_response(*args, **named)


@function_tool
def look(word: str) -> str:
    """Look."""
    return word


calls = [[function_call("look", {"word": "a"}, call_id=str(n))] for n in range(4)]
desk = Agent(
    name="desk",
    instructions="Look, then answer.",
    tools=[look],
    model_settings=ModelSettings(tool_choice="required"),
    reset_tool_choice=False,
    model=Obedient(calls),
)
polite = Agent(name="polite", instructions="Be kind.", model=ScriptedModel([[assistant_message("dear")]]))


async def main():
    looked = await Runner.run(desk, "go", max_turns=3)
    return (await Runner.run(polite, str(looked.final_output), max_turns=2)).final_output


if __name__ == "__main__":
    try:
        asyncio.run(main())
        raised = False
    except MaxTurnsExceeded:
        raised = True
    print(json.dumps({"asked": asked, "raised": raised}))
