#!/usr/bin/env bash
# A model call whose answer lacks the declared form is recorded without its tokens, though they were paid for.
# Most expect: the provider has answered, so that callbacks and traces hold the answer and its usage, and the error is the
# parser's, which `include_raw=True` would hand out beside the message.
# What happens: with `method="json_schema"` the client checks the answer inside of the call and raises there, whatever
# `include_raw` says. Tracers get `on_llm_error`, whose message has no `usage_metadata`: LangSmith, MLflow and OpenLIT
# record a call without its 147 tokens. With `method="function_calling"` the same answer is recorded with them.
# Seen with langchain-openai 1.7.4, langchain-core 1.8.3, openai 3.57.0, Python 3.11, 2026-11-30.
# Usage: ./langchain-answer-of-a-wrong-form-loses-its-tokens.sh   (PYTHON=... takes an environment that has them already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "langchain-openai==1.7.4" "langchain-core==1.8.3" "openai==3.57.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > desk.py <<'PY'
import http.server
import json
import os
import threading

ANSWER = '{"good": "perhaps"}'


class Provider(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        message = {"role": "assistant", "content": ANSWER}
        if asked.get("tools"):
            name = asked["tools"][0]["function"]["name"]
            call = {"id": "c", "type": "function", "function": {"name": name, "arguments": ANSWER}}
            message = {"role": "assistant", "content": None, "tool_calls": [call]}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        usage = {"prompt_tokens": 140, "completion_tokens": 7, "total_tokens": 147}
        about = {"id": "c", "object": "chat.completion", "created": 1, "model": "scripted"}
        body = json.dumps({**about, "choices": [choice], "usage": usage}).encode()
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
os.environ["OPENAI_BASE_URL"] = f"http://127.0.0.1:{server.server_port}/v1"

from langchain_core.callbacks import BaseCallbackHandler
from langchain_openai import ChatOpenAI
from pydantic import BaseModel, ValidationError


class Verdict(BaseModel):
    good: bool


class Trace(BaseCallbackHandler):
    def __init__(self):
        self.tokens, self.errors = 0, []

    def on_llm_end(self, response, **kwargs):
        self.tokens += response.generations[0][0].message.usage_metadata["total_tokens"]

    def on_llm_error(self, error, *, response=None, **kwargs):
        usage = response and response.generations[0][0].message.usage_metadata
        self.errors.append((type(error).__name__, usage))


seen = {}
for method in ("json_schema", "function_calling"):
    for raw in (False, True):
        trace = Trace()
        judge = ChatOpenAI(model="scripted").with_structured_output(Verdict, method=method, include_raw=raw)
        raised = False
        try:
            judge.invoke("Is it good?", config={"callbacks": [trace]})
        except ValidationError:
            raised = True
        seen[method, raw] = trace.tokens
        print(f"{method}, include_raw={raw}: raised {raised}, tokens recorded {trace.tokens}, errors {trace.errors}")
lost = seen["json_schema", False] == seen["json_schema", True] == 0
os._exit(0 if lost and seen["function_calling", False] == 147 else 1)
PY
"$PYTHON" -u desk.py
