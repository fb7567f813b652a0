"""A run that nobody limits ends after ten turns.

openai-agents 0.24.0, and 0.6.9.
"""

import asyncio
import json

from agents import Agent, MaxTurnsExceeded, Model, ModelResponse, Runner, Usage, function_tool, set_tracing_disabled
from openai.types.responses import ResponseFunctionToolCall

set_tracing_disabled(True)
asked = []


class Looking(Model):
    async def get_response(self, *given, **named):
        asked.append(1)
        call = ResponseFunctionToolCall(
            type="function_call", name="look_up", arguments="{}", call_id=str(len(asked)), id=str(len(asked))
        )
        return ModelResponse(output=[call], usage=Usage(), response_id=None)

    def stream_response(self, *given, **named):
        raise NotImplementedError


@function_tool
def look_up() -> str:
    """Look it up."""
    return "nothing"


desk = Agent(name="desk", instructions="Look it up.", model=Looking(), tools=[look_up])


async def main():
    try:
        await Runner.run(desk, "money")
    except MaxTurnsExceeded:
        return {"ended": True, "asked": len(asked)}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main())))
