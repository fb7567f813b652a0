"""A loop of agents ends after five hundred calls of models where the run does not say otherwise.

google-adk 2.13.0, and 1.39.1.
"""

import asyncio
import json

from google.adk.agents import LlmAgent, LoopAgent
from google.adk.agents.invocation_context import LlmCallsLimitExceededError
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.genai import types

asked = []


class Scripted(BaseLlm):
    async def generate_content_async(self, llm_request, stream=False):
        asked.append(1)
        yield LlmResponse(content=types.Content(role="model", parts=[types.Part(text="again")]))


writer = LlmAgent(name="writer", model=Scripted(model="scripted"), instruction="Write.", include_contents="none")
loop = LoopAgent(name="loop", sub_agents=[writer])


async def main():
    runner = InMemoryRunner(agent=loop, app_name="loop")
    session = await runner.session_service.create_session(app_name="loop", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="a fox")])
    try:
        async for _ in runner.run_async(user_id="u", session_id=session.id, new_message=message):
            pass
    except LlmCallsLimitExceededError:
        return {"ended": True, "asked": len(asked)}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main())))
