"""Of two agents side by side with one output key the one that is done last leaves its answer.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.agents import LlmAgent, ParallelAgent
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.genai import types


class Scripted(BaseLlm):
    turns: list

    async def generate_content_async(self, llm_request, stream=False):
        turn = self.turns.pop(0)
        yield LlmResponse(content=types.Content(role="model", parts=[said(part) for part in turn]))


def said(part):
    if isinstance(part, str):
        return types.Part(text=part)
    return types.Part(function_call=types.FunctionCall(name=part[0], args=part[1]))


def scripted(*turns):
    return Scripted(model="scripted", turns=list(turns))


async def drive(agent):
    runner = InMemoryRunner(agent=agent, app_name="app")
    session = await runner.session_service.create_session(app_name="app", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="hi")])
    authors = []
    async for event in runner.run_async(user_id="u", session_id=session.id, new_message=message):
        authors.append(event.author)
    kept = await runner.session_service.get_session(app_name="app", user_id="u", session_id=session.id)
    return authors, dict(kept.state)


left = LlmAgent(name="left", model=scripted(["l"]), output_key="text")
right = LlmAgent(name="right", model=scripted(["r"]), output_key="text")
both = ParallelAgent(name="both", sub_agents=[left, right])

if __name__ == "__main__":
    print(json.dumps({"keys": list(asyncio.run(drive(both))[1])}))
