#!/usr/bin/env bash
# OpenLIT writes tokens for a streamed answer of which the provider told none: half a token for each letter.
# Most expect: a count on a span is the provider's, or there is none; other instrumentations leave it out.
# What happens: the span of a stream without `stream_options={"include_usage": True}` has `gen_ai.usage.input_tokens` and
# `gen_ai.usage.output_tokens` as if they had been counted. "We sailed." is ten letters and so five tokens; nothing on the
# span says that they are made up. A provider that spent 161 and 70 tokens is recorded with 9 and 5.
# Seen with openlit 1.45.0, openai 2.54.0, Python 3.11, 2026-11-30.
# Usage: ./openlit-counts-half-a-token-a-letter.sh   (PYTHON=... takes an environment that has both already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "openlit==1.45.0" "openai==2.54.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > sail.py <<'PY'
import http.server
import json
import threading

SPENT = {"prompt_tokens": 161, "completion_tokens": 70, "total_tokens": 231}


class Provider(http.server.BaseHTTPRequestHandler):
    """Answers in pieces; tells what was spent only where it is asked to."""

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        about = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
        pieces = [{**about, "choices": [{"index": 0, "delta": {"content": text}}]} for text in ("We ", "sailed.")]
        pieces.append({**about, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        if (asked.get("stream_options") or {}).get("include_usage"):
            pieces.append({**about, "choices": [], "usage": SPENT})
        body = "".join(f"data: {json.dumps(piece)}\n\n" for piece in pieces) + "data: [DONE]\n\n"
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
threading.Thread(target=server.serve_forever, daemon=True).start()

import openlit
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

kept = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(kept))
trace.set_tracer_provider(provider)
openlit.init(disable_metrics=True, disable_events=True)

from openai import OpenAI

client = OpenAI(base_url=f"http://127.0.0.1:{server.server_port}/v1", api_key="none")
for more in ({}, {"stream_options": {"include_usage": True}}):
    kept.clear()
    for _ in client.chat.completions.create(model="scripted", messages=[{"role": "user", "content": "Write a log."}], stream=True, **more):
        pass
    told = next(dict(span.attributes) for span in kept.get_finished_spans() if "gen_ai.usage.input_tokens" in span.attributes)
    counted = told["gen_ai.usage.input_tokens"], told["gen_ai.usage.output_tokens"]
    print("usage asked for:" if more else "usage not asked for:", counted, "spent:", (161, 70))
PY
"$PYTHON" sail.py 2>/dev/null | grep "usage"
