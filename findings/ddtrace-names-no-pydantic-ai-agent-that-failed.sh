#!/usr/bin/env bash
# An agent of pydantic-ai that fails has no name in Datadog's LLM Observability.
# Most expect: the span of an agent's run bears the agent's name, however the run ends.
# What happens: ddtrace puts the name on the span when the run has given something back; where it raises, the span is
# called `pydantic_ai.agent` for all agents, so that the tokens of what failed belong to nobody.
# Seen with ddtrace 4.16.0, pydantic-ai-slim 2.68.0, Python 3.11, 2026-11-30.
# Usage: ./ddtrace-names-no-pydantic-ai-agent-that-failed.sh   (PYTHON=... takes an environment that has both already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "ddtrace==4.16.0" "pydantic-ai-slim==2.68.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > names.py <<'PY'
import json
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

names = []


class Collector(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        for event in json.loads(body) if body[:1] == b"[" else []:
            names.extend(span["name"] for span in event.get("spans", []) if span["meta"]["span"]["kind"] == "agent")
        self.send_response(202)
        self.end_headers()

    def log_message(self, *args): ...


server = HTTPServer(("127.0.0.1", 0), Collector)
threading.Thread(target=server.serve_forever, daemon=True).start()
os.environ |= {
    "DD_LLMOBS_OVERRIDE_ORIGIN": f"http://127.0.0.1:{server.server_port}",
    "DD_INSTRUMENTATION_TELEMETRY_ENABLED": "0",
    "DD_REMOTE_CONFIGURATION_ENABLED": "0",
    "DD_TRACE_ENABLED": "1",
}
from ddtrace import patch
from ddtrace.llmobs import LLMObs
from pydantic_ai import Agent, ModelResponse, TextPart
from pydantic_ai.models.function import FunctionModel

LLMObs.enable(ml_app="names", agentless_enabled=True, api_key="none", site="datadoghq.com")
patch(pydantic_ai=True)


def reply(messages, info):
    if "fail" in str(messages):
        raise RuntimeError("out of order")
    return ModelResponse(parts=[TextPart("well")])


agent = Agent(FunctionModel(reply), name="clerk")
agent.run_sync("do")
try:
    agent.run_sync("fail")
except RuntimeError:
    pass
LLMObs.flush()
time.sleep(3)
print("names:", *sorted(names))
os._exit(0)
PY
found=$("$PYTHON" names.py 2> /dev/null | grep '^names:')
echo "$found"
[ "$found" = "names: clerk pydantic_ai.agent" ]
