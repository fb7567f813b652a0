"""The members of a SequentialAgent cannot hand over to one another.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.agents import LlmAgent, SequentialAgent
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


asked = []


class Asked(Scripted):
    async def generate_content_async(self, llm_request, stream=False):
        asked.append(sorted(llm_request.tools_dict))
        async for response in super().generate_content_async(llm_request, stream):
            yield response


draft = LlmAgent(name="draft", model=Asked(model="scripted", turns=[["text"]]))
judge = LlmAgent(name="judge", model=Asked(model="scripted", turns=[["fine"]]))
row = SequentialAgent(name="row", sub_agents=[draft, judge])

if __name__ == "__main__":
    asyncio.run(drive(row))
    print(json.dumps({"tools": asked}))
