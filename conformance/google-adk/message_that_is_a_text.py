"""A run is given a message with a role and parts: a text fails it.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.agents import LlmAgent
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.genai import types


class Scripted(BaseLlm):
    async def generate_content_async(self, llm_request, stream=False):
        yield LlmResponse(content=types.Content(role="model", parts=[types.Part(text="done")]))


writer = LlmAgent(name="writer", model=Scripted(model="scripted"), instruction="Write.")


async def main():
    runner = InMemoryRunner(agent=writer, app_name="app")
    session = await runner.session_service.create_session(app_name="app", user_id="u")
    try:
        async for _ in runner.run_async(user_id="u", session_id=session.id, new_message="hi"):
            pass
        return ""
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"raised": asyncio.run(main())}))
