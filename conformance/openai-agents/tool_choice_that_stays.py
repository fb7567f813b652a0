"""An agent that has to call a tool may answer after the first one, unless the choice is never reset: then it never ends.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, ModelSettings, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


def outcome(do):
    try:
        return "", asyncio.run(do)
    except Exception as error:
        return type(error).__name__, None



@function_tool
def look(word: str) -> str:
    """Look."""
    return word


class Obeying(ScriptedModel):
    """Calls a tool where it has to, answers where it may."""

    def __init__(self):
        super().__init__([[assistant_message("done")]])

    async def get_response(self, *args, **named):
        settings = named.get("model_settings") or args[2]
        required = settings.tool_choice == "required"
        self._inner = ScriptedModel(
            [[function_call("look", {"word": "tea"}, call_id="1")] if required else [assistant_message("done")]]
        )
        return await self._inner.get_response(*args, **named)


def agent(**more):
    return Agent(
        name="clerk",
        instructions="Look the word up.",
        tools=[look],
        model=Obeying(),
        model_settings=ModelSettings(tool_choice="required"),
        **more,
    )


clerk = agent(reset_tool_choice=False)

if __name__ == "__main__":
    kept, _ = outcome(Runner.run(clerk, "tea"))
    reset, result = outcome(Runner.run(agent(), "tea"))
    print(json.dumps({"kept": kept, "reset": reset, "answer": result.final_output}))
