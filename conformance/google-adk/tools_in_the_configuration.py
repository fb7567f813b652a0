"""The tools of an agent do not go into its model's configuration.

google-adk 2.13.0.
"""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from google.adk.agents import BaseAgent, LlmAgent, LoopAgent, ParallelAgent, SequentialAgent
from google.adk.events import Event, EventActions
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.adk.tools import AgentTool
from google.adk.workflow import JoinNode, Workflow, node
from google.genai import types

ran = []


def text(said):
    return types.Content(role="model", parts=[types.Part(text=said)])


class Scripted(BaseLlm):
    async def generate_content_async(self, llm_request, stream=False):
        told = str(llm_request.config.system_instruction)
        ran.append(next(name for name in ("Write", "Judge", "Post") if name in told))
        yield LlmResponse(content=text(f"DONE-{ran[-1]}"))


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
        return ["", {key: value for key, value in left.items()}]
    except Exception as error:
        return [type(error).__name__, {}]


def raised(do):
    with ThreadPoolExecutor() as pool:
        failure = pool.submit(do).exception()
    return type(failure).__name__ if failure else ""


def build():
    return LlmAgent(
        name="writer",
        model=model,
        instruction="Write.",
        generate_content_config=types.GenerateContentConfig(tools=[types.Tool(google_search=types.GoogleSearch())]),
    )


if __name__ == "__main__":
    print(json.dumps({"raised": raised(build)}))
