"""Of two last nodes, one may give a result.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.runners import InMemoryRunner
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


def note(node_input):
    ran.append("note")


graph = Workflow(name="w", edges=[("START", begin, (left, note))])

if __name__ == "__main__":
    try:
        asyncio.run(drive(graph))
        refused = ""
    except Exception as error:
        refused = str(error)
    print(json.dumps({"ran": sorted(ran), "refused": refused}))
