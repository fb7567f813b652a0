"""The signal that ends a loop ends its round, too: the agents behind are not run.

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


from google.adk.agents import BaseAgent
from google.adk.events import Event, EventActions


class Checker(BaseAgent):
    async def _run_async_impl(self, ctx):
        ran.append("check")
        yield Event(author=self.name, actions=EventActions(escalate=True))


writer = LlmAgent(name="writer", model=model, instruction="Write.")
poster = LlmAgent(name="poster", model=model, instruction="Post.")
loop = LoopAgent(name="loop", sub_agents=[writer, Checker(name="checker"), poster], max_iterations=3)

if __name__ == "__main__":
    e, _ = outcome(loop)
    print(json.dumps({"raised": e, "ran": ran}))
