"""A node may take several routes at once.

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
    said = []
    async for event in runner.run_async(user_id="u", session_id=session.id, new_message=message):
        if event.output is not None:
            said.append(event.output)
    return said


def outcome(graph):
    try:
        return "", asyncio.run(drive(graph))
    except Exception as error:
        return type(error).__name__, None


def decide(node_input):
    return Event(output="x", route=["left", "right"])


def left(node_input):
    ran.append("left")


def right(node_input):
    ran.append("right")


graph = Workflow(name="w", edges=[("START", decide), (decide, {"left": left, "right": right})])

if __name__ == "__main__":
    e, said = outcome(graph)
    print(json.dumps({"raised": e, "ran": sorted(ran)}))
