"""The signal of an agent that is a tool stays in its own run: the loop around the one that calls it goes on.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.agents import LlmAgent, LoopAgent
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.adk.tools import exit_loop
from google.adk.tools.agent_tool import AgentTool
from google.genai import types

ran = []
MOST = 24


class Scripted(BaseLlm):
    call: str

    async def generate_content_async(self, llm_request, stream=False):
        ran.append(self.call)
        if len(ran) > MOST:
            raise RuntimeError("still running")
        answered = llm_request.contents[-1].parts[-1].function_response
        given = {"request": "judge"} if self.call == "judge" else {}
        call = types.FunctionCall(name=self.call, args=given)
        part = types.Part(text="done") if answered else types.Part(function_call=call)
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


judge = LlmAgent(name="judge", model=Scripted(model="s", call="exit_loop"), instruction="Judge it.", tools=[exit_loop])
writer = LlmAgent(
    name="writer", model=Scripted(model="s", call="judge"), instruction="Write it.", tools=[AgentTool(agent=judge)]
)
loop = LoopAgent(name="loop", sub_agents=[writer])

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(agent=loop)[0], "endless": len(ran) > MOST}))
