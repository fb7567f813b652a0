#!/usr/bin/env bash
# A callback that replaces an ADK agent's answer does not replace what its `output_key` holds.
# Most expect: the next agent reads what was said last, the text that `after_agent_callback` returned.
# What happens: the key keeps the model's own text. A `before_agent_callback` that answers in the agent's place does fill
# the key, so the two callbacks differ.
# Seen with google-adk 2.13.0, Python 3.11, 2026-11-29.
# Usage: ./adk-output-key-keeps-what-a-callback-replaced.sh   (PYTHON=... takes an environment that has the package already)
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



def polish(callback_context):
    return types.Content(role="model", parts=[types.Part(text="polished")])


def agent(**callbacks):
    model = Scripted(model="scripted", turns=[[types.Part(text="raw")]])
    return LlmAgent(name="clerk", model=model, output_key="text", **callbacks)


said, state = asyncio.run(run(agent(after_agent_callback=polish)))
assert (said, state) == (["raw", "polished"], {"text": "raw"}), (said, state)
print("after_agent_callback: said", said, "kept", state)
said, state = asyncio.run(run(agent(before_agent_callback=polish)))
assert (said, state) == (["polished"], {"text": "polished"}), (said, state)
print("before_agent_callback: said", said, "kept", state)
PY
