"""A route is a text, a whole number, or a truth: a map with None in it is refused.

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

def decide(node_input):
    return Event(output="x", route="left")


def left(node_input):
    ran.append("left")


def right(node_input):
    ran.append("right")


def build():
    return Workflow(name="w", edges=[("START", decide), (decide, {"left": left, None: right})])


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)}))
