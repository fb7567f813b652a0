"""A node that declares to take a text fails where the node before it hands on a dict.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.runners import InMemoryRunner
from google.adk.workflow import START, Workflow, node
from google.genai import types

ran = []


@node
def measure(node_input: str):
    ran.append("measure")
    return {"width": 3}


@node
def tell(node_input: str) -> str:
    ran.append("tell")
    return "done"


graph = Workflow(name="w", edges=[(START, measure, tell)])


async def drive(node):
    runner = InMemoryRunner(node=node, app_name="app")
    session = await runner.session_service.create_session(app_name="app", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="hi")])
    async for _ in runner.run_async(user_id="u", session_id=session.id, new_message=message):
        pass


if __name__ == "__main__":
    try:
        asyncio.run(drive(graph))
        failed = ""
    except Exception as error:
        failed = type(error).__name__
    print(json.dumps({"ran": ran, "failed": failed}))
