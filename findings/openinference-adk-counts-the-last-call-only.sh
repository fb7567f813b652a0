#!/usr/bin/env bash
# Under OpenInference, an ADK agent that calls its model twice leaves the tokens of the last call only.
# Most expect: with a global tracer provider and `GoogleADKInstrumentor`, the sum of tokens on model spans is what was used.
# What happens: no span stands for a call; the agent's own span turns into kind LLM and holds the counts of its last
# call, so that 110 of 330 input tokens are lost. Without the instrumentation, ADK's own spans hold all.
# Seen with google-adk 2.13.0, openinference-instrumentation-google-adk 1.0.5, Python 3.11, 2026-11-29.
# Usage: ./openinference-adk-counts-the-last-call-only.sh   (PYTHON=... takes an environment that has both already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "google-adk==2.13.0" "openinference-instrumentation-google-adk==1.0.5"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > desk.py <<'PY'
import asyncio
import sys

from google.adk.agents import LlmAgent
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.genai import types
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

spans = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(spans))
trace.set_tracer_provider(provider)
if "instrumented" in sys.argv:
    from openinference.instrumentation.google_adk import GoogleADKInstrumentor

    GoogleADKInstrumentor().instrument(tracer_provider=provider)

call = types.Part(function_call=types.FunctionCall(name="shelf_of", args={"title": "tides"}))
REPLIES = [(110, call), (220, types.Part(text="on shelf nine"))]


class Scripted(BaseLlm):
    async def generate_content_async(self, llm_request, stream=False):
        given, part = REPLIES.pop(0)
        counts = types.GenerateContentResponseUsageMetadata(
            prompt_token_count=given, candidates_token_count=10, total_token_count=given + 10
        )
        yield LlmResponse(content=types.Content(role="model", parts=[part]), usage_metadata=counts)


def shelf_of(title: str) -> str:
    """Say where a book stands."""
    return "nine"


async def main():
    agent = LlmAgent(name="librarian", model=Scripted(model="scripted"), tools=[shelf_of], instruction="Help.")
    runner = InMemoryRunner(agent=agent, app_name="desk")
    session = await runner.session_service.create_session(app_name="desk", user_id="u")
    asked = types.Content(role="user", parts=[types.Part(text="Where are the tides?")])
    async for _ in runner.run_async(user_id="u", session_id=session.id, new_message=asked):
        pass


asyncio.run(main())
read = [span.attributes.get("gen_ai.usage.input_tokens") for span in spans.get_finished_spans()]
print(sum(count for count in read if count))
PY
own=$("$PYTHON" desk.py 2> /dev/null | tail -1)
instrumented=$("$PYTHON" desk.py instrumented 2> /dev/null | tail -1)
echo "used: 330; in ADK's own spans: $own; under OpenInference: $instrumented"
[ "$own" = 330 ] && [ "$instrumented" = 220 ]
