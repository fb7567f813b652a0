"""What shortens the events of a session is told how often and how much they overlap.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.agents import LlmAgent
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.genai import types


class Scripted(BaseLlm):
    async def generate_content_async(self, llm_request, stream=False):
        yield LlmResponse(content=types.Content(role="model", parts=[types.Part(text="done")]))


writer = LlmAgent(name="writer", model=Scripted(model="scripted"), instruction="Write.")


from google.adk.apps.app import App, EventsCompactionConfig


def build():
    return App(name="app", root_agent=writer, events_compaction_config=EventsCompactionConfig(compaction_interval=3))


if __name__ == "__main__":
    try:
        build()
        raised = ""
    except ValueError as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
