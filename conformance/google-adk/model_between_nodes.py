"""A node that declares a model gets one, where the node before it returned a dict.

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

from pydantic import BaseModel


class Draft(BaseModel):
    title: str
    words: int = 3


def begin(node_input):
    return {"title": "tea"}


def last(node_input: Draft):
    ran.append([node_input.title, node_input.words])


graph = Workflow(name="w", edges=[("START", begin, last)])
if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(drive(graph))), "ran": ran}))
