"""Who hands over to a row that begins with a ParallelAgent has all of its agents run, and the rest of the row.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.agents import LlmAgent, ParallelAgent, SequentialAgent
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.genai import types

ran = []


class Scripted(BaseLlm):
    async def generate_content_async(self, llm_request, stream=False):
        told = str(llm_request.config.system_instruction)
        step = next(name for name in ("Choose", "Write", "Judge", "Post") if f"{name}." in told)
        ran.append(step)
        part = types.Part(text=f"DONE-{step}")
        if step == "Choose":
            part = types.Part(function_call=types.FunctionCall(name="transfer_to_agent", args={"agent_name": "row"}))
        yield LlmResponse(content=types.Content(role="model", parts=[part]))


async def drive(agent):
    runner = InMemoryRunner(agent=agent, app_name="app")
    session = await runner.session_service.create_session(app_name="app", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="hi")])
    async for _ in runner.run_async(user_id="u", session_id=session.id, new_message=message):
        pass


model = Scripted(model="scripted")

writer = LlmAgent(name="writer", model=model, instruction="Write.")
judge = LlmAgent(name="judge", model=model, instruction="Judge.")
poster = LlmAgent(name="poster", model=model, instruction="Post.")
both = ParallelAgent(name="both", sub_agents=[writer, judge])
row = SequentialAgent(name="row", sub_agents=[both, poster])
root_agent = LlmAgent(name="desk", model=model, instruction="Choose.", sub_agents=[row])

if __name__ == "__main__":
    asyncio.run(drive(root_agent))
    print(json.dumps({"first": ran[0], "beside": sorted(ran[1:3]), "last": ran[3:]}))
