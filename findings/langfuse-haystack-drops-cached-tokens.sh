#!/usr/bin/env bash
# Langfuse's tracer of Haystack leaves out the cached tokens, so that what is recorded costs more than what was paid.
# Most expect: a generation in Langfuse has the tokens that the provider reported; Langfuse's own LangChain handler keeps
# cached ones apart (`input`, `input_cached_tokens`), because they cost a fraction.
# What happens: of the provider's usage only input, output and total are handed on. 64 of 110 input tokens came from the
# cache and stand there as if read anew; reasoning tokens are lost the same way. The reply in the program has them all.
# Seen with haystack-ai 3.4.1, langfuse-haystack 8.0.0, langfuse 5.0.4, Python 3.11, 2026-11-29.
# Usage: ./langfuse-haystack-drops-cached-tokens.sh   (PYTHON=... takes an environment that has all of them already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "haystack-ai==3.4.1" "langfuse-haystack==8.0.0" "langfuse==5.0.4"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > desk.py <<'PY'
import http.server
import json
import os
import threading

USAGE = {
    "prompt_tokens": 110,
    "completion_tokens": 30,
    "total_tokens": 140,
    "prompt_tokens_details": {"cached_tokens": 64},
    "completion_tokens_details": {"reasoning_tokens": 20},
}


class Provider(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        message = {"role": "assistant", "content": "on shelf nine"}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        about = {"id": "c", "object": "chat.completion", "created": 1, "model": "scripted"}
        body = json.dumps({**about, "choices": [choice], "usage": USAGE}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
threading.Thread(target=server.serve_forever, daemon=True).start()
os.environ["OPENAI_API_KEY"] = "none"
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
os.environ["HAYSTACK_CONTENT_TRACING_ENABLED"] = "true"

from haystack import Pipeline, tracing
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage
from haystack_integrations.tracing.langfuse.tracer import LangfuseTracer
from langfuse import Langfuse
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

spans = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(spans))
nowhere = "http://127.0.0.1:9"
client = Langfuse(public_key="pk", secret_key="sk", base_url=nowhere, tracer_provider=provider)
tracing.enable_tracing(LangfuseTracer(client))
tracing.tracer.is_content_tracing_enabled = True

desk = Pipeline()
address = f"http://127.0.0.1:{server.server_port}/v1"
desk.add_component("answer", OpenAIChatGenerator(model="scripted", api_base_url=address))
done = desk.run({"answer": {"messages": [ChatMessage.from_user("Where are the tides?")]}})
reply = done["answer"]["replies"][0].meta["usage"]
key = "langfuse.observation.usage_details"
(seen,) = [span.attributes[key] for span in spans.get_finished_spans() if key in (span.attributes or {})]
cached = reply["prompt_tokens_details"]["cached_tokens"]
print(f"in the reply: {reply['prompt_tokens']} read, {cached} of them cached; in Langfuse: {seen}", flush=True)
os._exit(0 if cached == 64 and json.loads(seen)["input_tokens"] == 110 and "cache" not in seen else 1)
PY
"$PYTHON" desk.py 2> /dev/null
