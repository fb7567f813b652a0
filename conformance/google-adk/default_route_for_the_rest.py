"""The default route is taken where no other one is.

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

from google.adk.workflow import DEFAULT_ROUTE


def decide(node_input):
    return Event(output="x", route="left" if node_input == "tea" else "odd")


def left(node_input):
    ran.append("left")


def rest(node_input):
    ran.append("rest")


graph = Workflow(name="w", edges=[("START", decide), (decide, {"left": left, DEFAULT_ROUTE: rest})])
if __name__ == "__main__":
    asyncio.run(drive(graph))
    print(json.dumps({"ran": ran}))
