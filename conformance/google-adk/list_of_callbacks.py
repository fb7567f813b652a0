"""Of several callbacks before an agent those after the first that answers are not called.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.agents import LlmAgent, LoopAgent, ParallelAgent, SequentialAgent
from google.adk.events import Event
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.adk.tools import AgentTool, LongRunningFunctionTool, ToolContext
from google.adk.workflow import Workflow
from google.genai import types

ran = []
seen = []


class Scripted(BaseLlm):
    turns: list

    async def generate_content_async(self, llm_request, stream=False):
        seen.append([part.text for content in llm_request.contents for part in content.parts if part.text])
        turn = self.turns.pop(0)
        yield LlmResponse(content=types.Content(role="model", parts=[said(part) for part in turn]))


def said(part):
    if isinstance(part, str):
        return types.Part(text=part)
    return types.Part(function_call=types.FunctionCall(name=part[0], args=part[1]))


def scripted(*turns):
    return Scripted(model="scripted", turns=list(turns))


async def drive(*words, state=None, **root):
    runner = InMemoryRunner(app_name="app", **root)
    session = await runner.session_service.create_session(app_name="app", user_id="u", state=state)
    authors = []
    for word in words:
        message = types.Content(role="user", parts=[types.Part(text=word)])
        async for event in runner.run_async(user_id="u", session_id=session.id, new_message=message):
            authors.append(event.author)
    kept = await runner.session_service.get_session(app_name="app", user_id="u", session_id=session.id)
    return authors, dict(kept.state)


def outcome(*words, **root):
    try:
        authors, state = asyncio.run(drive(*words, **root))
        return ["", authors, state]
    except Exception as error:
        return [type(error).__name__, [], {}]


def first(callback_context):
    ran.append("first")


def second(callback_context):
    ran.append("second")
    return types.Content(role="model", parts=[types.Part(text="known")])


def third(callback_context):
    ran.append("third")


desk = LlmAgent(name="desk", instruction="Answer.", model=scripted(["new"]), before_agent_callback=[first, second, third])

if __name__ == "__main__":
    print(json.dumps({"raised": outcome("go", agent=desk)[0], "ran": ran, "asked": len(seen)}))
