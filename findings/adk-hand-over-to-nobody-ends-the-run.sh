#!/usr/bin/env bash
# A model that hands over to an agent with a wrong name ends the run of Google ADK; one that calls a wrong tool is told so.
# Most expect: `transfer_to_agent` is a tool like others: the model is told which agents there are, and tries again.
# What happens: ValueError "Transfer target agent 'bob' not found." leaves the runner, and the conversation has no answer;
# a call of a tool that is not there is answered with an error that lists the tools, and the run goes on.
# Seen with google-adk 2.13.0, Python 3.11, 2026-12-01.
# Usage: ./adk-hand-over-to-nobody-ends-the-run.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "google-adk==2.13.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > program.py <<'PY'
import asyncio
import logging

from google.adk.agents import LlmAgent
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.genai import types

logging.disable(logging.CRITICAL)


class Scripted(BaseLlm):
    turns: list

    async def generate_content_async(self, llm_request, stream=False):
        yield LlmResponse(content=types.Content(role="model", parts=[self.turns.pop(0)]))


def call(name, **arguments):
    return types.Part(function_call=types.FunctionCall(name=name, args=arguments))


async def main(*turns):
    ann = LlmAgent(name="ann", description="bills", model=Scripted(model="scripted", turns=[]))
    root = LlmAgent(name="root", model=Scripted(model="scripted", turns=list(turns)), sub_agents=[ann])
    runner = InMemoryRunner(agent=root, app_name="app")
    session = await runner.session_service.create_session(app_name="app", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="a bill, please")])
    said = []
    try:
        async for event in runner.run_async(user_id="u", session_id=session.id, new_message=message):
            said += [part.text for part in event.content.parts if part.text] if event.content else []
    except ValueError as error:
        return f"ValueError: {error}"
    return said


tool = asyncio.run(main(call("look", word="x"), types.Part(text="sorry")))
agent = asyncio.run(main(call("transfer_to_agent", agent_name="bob"), types.Part(text="sorry")))
assert tool == ["sorry"] and agent == "ValueError: Transfer target agent 'bob' not found.", (tool, agent)
print("a tool that is not there:", tool)
print("an agent that is not there:", agent)
PY
"$PYTHON" program.py 2>/dev/null
