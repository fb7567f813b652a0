"""The answer that a callback after an agent puts in the place of its own is said, and its output key keeps the old one.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.agents import LlmAgent
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


def polish(callback_context):
    return types.Content(role="model", parts=[types.Part(text="polished")])


def short_cut(callback_context):
    return types.Content(role="model", parts=[types.Part(text="known")])


after = LlmAgent(name="after", model=scripted(["raw"]), output_key="text", after_agent_callback=polish)
before = LlmAgent(name="before", model=scripted(["raw"]), output_key="text", before_agent_callback=short_cut)

if __name__ == "__main__":
    print(json.dumps({agent.name: asyncio.run(drive(agent))[1]["text"] for agent in (after, before)}))
