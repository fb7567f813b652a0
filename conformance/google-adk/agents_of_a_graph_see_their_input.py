"""In a graph, an agent is shown what the node before it gave, and nothing from further back.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.runners import InMemoryRunner
from google.adk.agents import LlmAgent, LoopAgent, ParallelAgent, SequentialAgent
from google.adk.models import BaseLlm, LlmResponse
from google.adk.workflow import Workflow
from google.genai import types

ran = []


def begin(node_input):
    ran.append("begin")
    return "go"


def left(node_input):
    ran.append("left")
    return "L"


def right(node_input):
    ran.append("right")
    return "R"


def last(node_input):
    ran.append("last")
    return "end"


async def drive(node):
    runner = InMemoryRunner(node=node, app_name="app")
    session = await runner.session_service.create_session(app_name="app", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="hi")])
    async for _ in runner.run_async(user_id="u", session_id=session.id, new_message=message):
        pass
    return await runner.session_service.get_session(app_name="app", user_id="u", session_id=session.id)


seen = {}


class Scripted(BaseLlm):
    async def generate_content_async(self, llm_request, stream=False):
        told = str(llm_request.config.system_instruction)
        step = next(name for name in ("Write", "Judge", "Post") if name in told)
        seen[step] = " ".join(part.text or "" for content in llm_request.contents for part in content.parts)
        yield LlmResponse(content=types.Content(role="model", parts=[types.Part(text=f"DONE-{step}")]))


model = Scripted(model="scripted")

writer = LlmAgent(name="writer", model=model, instruction="Write.")
judge = LlmAgent(name="judge", model=model, instruction="Judge.")
poster = LlmAgent(name="poster", model=model, instruction="Post.")
graph = Workflow(name="w", edges=[("START", writer, judge, poster)])

if __name__ == "__main__":
    asyncio.run(drive(graph))
    print(json.dumps({"judge sees": "DONE-Write" in seen["Judge"], "post sees judge": "DONE-Judge" in seen["Post"], "post sees writer": "DONE-Write" in seen["Post"]}))
