"""A node that works in parallel runs once for each item, and hands on a list in the order of the items.

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

from google.adk.workflow import node


def begin(node_input):
    return ["slow", "quick"]


@node(parallel_worker=True)
async def work(node_input):
    await asyncio.sleep(0.2 if node_input == "slow" else 0)
    ran.append(node_input)
    return node_input + "!"


def last(node_input):
    ran.append(node_input)


graph = Workflow(name="w", edges=[("START", begin, work, last)])
if __name__ == "__main__":
    asyncio.run(drive(graph))
    print(json.dumps({"ran": ran}))
