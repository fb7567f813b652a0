"""A temp: key of an earlier run is not there: an instruction that counts on it fails the run.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.agents import BaseAgent, LlmAgent, LoopAgent, ParallelAgent, SequentialAgent
from google.adk.events.event import Event
from google.adk.events.event_actions import EventActions
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.adk.workflow import JoinNode, Workflow
from google.genai import types
from pydantic import BaseModel

ran = []


class Scripted(BaseLlm):
    answers: list = ["done"]

    async def generate_content_async(self, llm_request, stream=False):
        ran.append("model")
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        part = types.Part(text=answer) if isinstance(answer, str) else types.Part(function_call=types.FunctionCall(**answer))
        yield LlmResponse(content=types.Content(role="model", parts=[part]))


async def drive(**root):
    runner = InMemoryRunner(app_name="app", **root)
    session = await runner.session_service.create_session(app_name="app", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="hi")])
    said = []
    async for event in runner.run_async(user_id="u", session_id=session.id, new_message=message):
        if event.content and event.content.parts:
            said += [part.text for part in event.content.parts if part.text]
    session = await runner.session_service.get_session(app_name="app", user_id="u", session_id=session.id)
    return said, session


def outcome(**root):
    try:
        said, session = asyncio.run(drive(**root))
        return "", said, session.state
    except Exception as error:
        return type(error).__name__, [], {}



def keep(tool_context):
    tool_context.state["temp:note"] = "tea"
    return {"status": "ok"}


first = LlmAgent(name="first", model=Scripted(model="s", answers=[{"name": "keep", "args": {}}, "kept"]), tools=[keep])
second = LlmAgent(name="second", model=Scripted(model="s"), instruction="Note: {temp:note}")


third = LlmAgent(name="third", model=Scripted(model="s"), instruction="Note: {temp:note}")
row = SequentialAgent(name="row", sub_agents=[first, second])
late = SequentialAgent(name="late", sub_agents=[third])


async def twice():
    runner = InMemoryRunner(app_name="app", agent=row)
    session = await runner.session_service.create_session(app_name="app", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="hi")])
    async for event in runner.run_async(user_id="u", session_id=session.id, new_message=message):
        pass
    session = await runner.session_service.get_session(app_name="app", user_id="u", session_id=session.id)
    alone = InMemoryRunner(app_name="app", agent=late)
    alone.session_service = runner.session_service
    try:
        async for event in alone.run_async(user_id="u", session_id=session.id, new_message=message):
            pass
        raised = ""
    except Exception as error:
        raised = type(error).__name__
    return "temp:note" in session.state, raised


if __name__ == "__main__":
    print(json.dumps({"kept": asyncio.run(twice())}))
