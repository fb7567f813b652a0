"""An agent with tools and a declared form of its answer is given a tool to answer with, set_model_response.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.agents import LlmAgent
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.genai import types
from pydantic import BaseModel

shown = {}


class Person(BaseModel):
    name: str


def look_up(name: str) -> str:
    """Look somebody up."""
    return name


class Scripted(BaseLlm):
    async def generate_content_async(self, llm_request, stream=False):
        shown.update(llm_request.tools_dict)
        call = types.FunctionCall(name="set_model_response", args={"name": "Ada"})
        yield LlmResponse(content=types.Content(role="model", parts=[types.Part(function_call=call)]))


async def drive(agent):
    runner = InMemoryRunner(agent=agent, app_name="app")
    session = await runner.session_service.create_session(app_name="app", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="hi")])
    async for _ in runner.run_async(user_id="u", session_id=session.id, new_message=message):
        pass
    return await runner.session_service.get_session(app_name="app", user_id="u", session_id=session.id)


root_agent = LlmAgent(
    name="desk",
    model=Scripted(model="scripted"),
    instruction="Use the set_model_response tool to give your answer.",
    tools=[look_up],
    output_schema=Person,
    output_key="person",
)

if __name__ == "__main__":
    session = asyncio.run(drive(root_agent))
    print(json.dumps({"tools": sorted(shown), "person": session.state.get("person")}))
