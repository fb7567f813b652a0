"""A tool that raises ends the run: the model is not told.

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



def look(name: str):
    """Looks it up."""
    raise ValueError("closed")


clerk = LlmAgent(name="clerk", model=Scripted(model="s", answers=[{"name": "look", "args": {"name": "tea"}}, "done"]), tools=[look])

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(agent=clerk)[0]}))
