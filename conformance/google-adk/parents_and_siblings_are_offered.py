"""An agent may hand over to the agent that holds it, and to that one's others, unless it is told not to.

google-adk 2.13.0.
"""

import asyncio
import json

from google.adk.agents import LlmAgent, SequentialAgent
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.genai import types


class Scripted(BaseLlm):
    turns: list

    async def generate_content_async(self, llm_request, stream=False):
        turn = self.turns.pop(0)
        yield LlmResponse(content=types.Content(role="model", parts=[said(part) for part in turn]))


def said(part):
    if isinstance(part, str):
        return types.Part(text=part)
    return types.Part(function_call=types.FunctionCall(name=part[0], args=part[1]))


def scripted(*turns):
    return Scripted(model="scripted", turns=list(turns))


async def drive(agent):
    runner = InMemoryRunner(agent=agent, app_name="app")
    session = await runner.session_service.create_session(app_name="app", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="hi")])
    authors = []
    async for event in runner.run_async(user_id="u", session_id=session.id, new_message=message):
        authors.append(event.author)
    kept = await runner.session_service.get_session(app_name="app", user_id="u", session_id=session.id)
    return authors, dict(kept.state)


asked = []


def schema_of(tool):
    described = tool.parameters_json_schema or tool.parameters.model_dump(mode="json", exclude_none=True)
    return described["properties"]["agent_name"]["enum"]


class Asked(Scripted):
    async def generate_content_async(self, llm_request, stream=False):
        tools = [tool for held in llm_request.config.tools or [] for tool in held.function_declarations]
        asked.append({tool.name: schema_of(tool) for tool in tools if tool.name != "look"})
        async for response in super().generate_content_async(llm_request, stream):
            yield response


def look(where: str) -> str:
    """Look."""
    return where


reader = LlmAgent(
    name="reader_agent",
    model=Asked(model="scripted", turns=[[("transfer_to_agent", {"agent_name": "writer_agent"})]]),
    instruction="Read, then call `transfer_to_agent` to transfer to writer_agent.",
    tools=[look],
)
writer = LlmAgent(
    name="writer_agent",
    model=Asked(model="scripted", turns=[["done"]]),
    instruction="Write. Never transfer to reader_agent.",
    disallow_transfer_to_parent=True,
    disallow_transfer_to_peers=True,
)
desk = LlmAgent(
    name="desk_agent",
    model=Asked(model="scripted", turns=[[("transfer_to_agent", {"agent_name": "reader_agent"})]]),
    instruction="Lead.",
    sub_agents=[reader, writer],
)

if __name__ == "__main__":
    authors, _ = asyncio.run(drive(desk))
    print(json.dumps({"offered": asked, "last": authors[-1]}))
