"""What an agent with an output schema leaves under its key is a dict, with dicts inside it.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.agents import LlmAgent
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.genai import types
from pydantic import BaseModel

seen = []


class Scripted(BaseLlm):
    text: str = '{"stops": [{"city": "Rome"}]}'

    async def generate_content_async(self, llm_request, stream=False):
        seen.append(" ".join(part.text or "" for content in llm_request.contents for part in content.parts))
        yield LlmResponse(content=types.Content(role="model", parts=[types.Part(text=self.text)]))


model = Scripted(model="scripted")


def outcome(do):
    try:
        do()
        return ""
    except Exception as error:
        return type(error).__name__


async def drive(**root):
    runner = InMemoryRunner(app_name="app", **root)
    session = await runner.session_service.create_session(app_name="app", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="hi")])
    async for _ in runner.run_async(user_id="u", session_id=session.id, new_message=message):
        pass
    return await runner.session_service.get_session(app_name="app", user_id="u", session_id=session.id)


class Stop(BaseModel):
    city: str


class Plan(BaseModel):
    stops: list[Stop]


planner = LlmAgent(name="planner", model=model, instruction="Plan.", output_schema=Plan, output_key="plan")
if __name__ == "__main__":
    plan = asyncio.run(drive(agent=planner)).state["plan"]
    print(json.dumps({"kind": type(plan).__name__, "plan": plan}))
