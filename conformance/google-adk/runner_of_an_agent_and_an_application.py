"""A runner is given an agent or an application, not both and not neither.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.agents import LlmAgent, LoopAgent, ParallelAgent, SequentialAgent
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.genai import types

ran = []
seen = {}


def text(said):
    return types.Content(role="model", parts=[types.Part(text=said)])


class Scripted(BaseLlm):
    async def generate_content_async(self, llm_request, stream=False):
        told = str(llm_request.config.system_instruction)
        step = next(name for name in ("Write", "Judge", "Post") if name in told)
        ran.append(step)
        seen[step] = told + " ".join(part.text or "" for content in llm_request.contents for part in content.parts)
        yield LlmResponse(content=text(f"DONE-{step}"))


model = Scripted(model="scripted")


async def drive(agent, times=1, **state):
    runner = InMemoryRunner(agent=agent, app_name="app")
    session = await runner.session_service.create_session(app_name="app", user_id="u", state=state)
    for _ in range(times):
        message = types.Content(role="user", parts=[types.Part(text="hi")])
        async for _ in runner.run_async(user_id="u", session_id=session.id, new_message=message):
            pass
    return await runner.session_service.get_session(app_name="app", user_id="u", session_id=session.id)


def outcome(agent, times=1, **state):
    try:
        left = asyncio.run(drive(agent, times, **state)).state
        return "", {key: value for key, value in left.items()}
    except Exception as error:
        return type(error).__name__, {}


from google.adk.apps import App
from google.adk.runners import Runner
from google.adk.sessions import InMemorySessionService

writer = LlmAgent(name="writer", model=model, instruction="Write.")


def build():
    app = App(name="app", root_agent=writer)
    return Runner(app=app, agent=writer, session_service=InMemorySessionService())


if __name__ == "__main__":
    try:
        build()
        raised = ""
    except ValueError as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
