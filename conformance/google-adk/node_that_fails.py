"""A node that fails ends the run, and what another branch is doing is cancelled.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.events import Event
from google.adk.runners import InMemoryRunner
from google.adk.workflow import Workflow
from google.genai import types

ran = []


async def drive(node):
    runner = InMemoryRunner(node=node, app_name="app")
    session = await runner.session_service.create_session(app_name="app", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="hi")])
    async for _ in runner.run_async(user_id="u", session_id=session.id, new_message=message):
        pass


def outcome(do):
    try:
        do()
        return ""
    except Exception as error:
        return type(error).__name__

def begin(node_input):
    return "tea"


async def quick(node_input):
    raise ValueError("no tea")


async def slow(node_input):
    await asyncio.sleep(0.2)
    ran.append("slow")
    return "slow"


graph = Workflow(name="w", edges=[("START", begin, (quick, slow))])
if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(drive(graph))), "ran": ran}))
