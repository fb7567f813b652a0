#!/usr/bin/env bash
# An ADK agent's `output_key` holds more than its answer: what it said beside a tool call is put before it.
# Most expect: the key holds the text of the final response, which is what the documentation says it stores.
# What happens: the texts of all turns of the agent are joined without a blank; and a last turn without a text empties the
# key, whatever was said before.
# Seen with google-adk 2.13.0, Python 3.11, 2026-11-29.
# Usage: ./adk-output-key-holds-what-was-said-on-the-way.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "google-adk==2.13.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" - <<'PY'
import asyncio

from google.adk.agents import LlmAgent
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.genai import types


class Scripted(BaseLlm):
    turns: list

    async def generate_content_async(self, llm_request, stream=False):
        yield LlmResponse(content=types.Content(role="model", parts=self.turns.pop(0)))


async def run(agent):
    runner = InMemoryRunner(agent=agent, app_name="app")
    session = await runner.session_service.create_session(app_name="app", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="hi")])
    said = []
    async for event in runner.run_async(user_id="u", session_id=session.id, new_message=message):
        said += [part.text for part in event.content.parts if part.text]
    kept = await runner.session_service.get_session(app_name="app", user_id="u", session_id=session.id)
    return said, dict(kept.state)



def count(text: str) -> int:
    """Counts the letters."""
    return len(text)


def clerk(answer):
    call = types.Part(function_call=types.FunctionCall(name="count", args={"text": "tea"}))
    turns = [[types.Part(text="Let me count."), call], [types.Part(text=answer)]]
    model = Scripted(model="scripted", turns=turns)
    return LlmAgent(name="clerk", model=model, tools=[count], output_key="answer")


said, state = asyncio.run(run(clerk("3")))
assert said == ["Let me count.", "3"], said
assert state == {"answer": "Let me count.3"}, state
print("said:", said, "kept:", state)
said, state = asyncio.run(run(clerk("")))
assert state == {"answer": ""}, state
print("said:", said, "kept:", state)
PY
