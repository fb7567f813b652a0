"""A state key in braces is filled in.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.agents import LlmAgent, SequentialAgent
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.genai import types

seen = []


class Scripted(BaseLlm):
    async def generate_content_async(self, llm_request, stream=False):
        told = f"{llm_request.config.system_instruction} {llm_request.contents}"
        if "three flaws" in told:
            seen.append(told)
        text = "TALE-7" if "Write a tale" in told else "NAME-3" if "Name the tale" in told else "flaws"
        yield LlmResponse(content=types.Content(role="model", parts=[types.Part(text=text)]))


model = Scripted(model="scripted")
writer = LlmAgent(name="writer", model=model, instruction="Write a tale.", output_key="first_draft")
namer = LlmAgent(
    name="namer", model=model, instruction="Name the tale: {first_draft}", include_contents="none", output_key="title"
)
critic = LlmAgent(
    name="critic",
    model=model,
    instruction="List three flaws of this tale: {first_draft}",
    include_contents="none",
)
line = SequentialAgent(name="line", sub_agents=[writer, namer, critic])


async def main():
    runner = InMemoryRunner(agent=line, app_name="line")
    session = await runner.session_service.create_session(app_name="line", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="a fox")])
    async for _ in runner.run_async(user_id="u", session_id=session.id, new_message=message):
        pass


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"tale": "TALE-7" in seen[0], "name": "NAME-3" in seen[0]}))
