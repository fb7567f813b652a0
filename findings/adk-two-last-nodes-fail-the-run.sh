#!/usr/bin/env bash
# A graph that fans out to two nodes and ends there does all its work and then fails.
# Most expect: it ends when both are done, or is refused when it is built (the validator knows the last nodes).
# What happens: each node runs and its events are given out; then the workflow raises "multiple terminal nodes
# produced output". It is fine while all but one of them return nothing.
# Seen with google-adk 2.13.0, Python 3.11, 2026-11-29. wflint says it first: WF304.
# Usage: ./adk-two-last-nodes-fail-the-run.sh   (PYTHON=... takes an environment that has the package already)
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

from google.adk.runners import InMemoryRunner
from google.adk.workflow import Workflow
from google.genai import types

ran = []


def begin(node_input):
    return "go"


def left(node_input):
    ran.append("left")
    return "L"


def right(node_input):
    ran.append("right")
    return "R"


def quiet(node_input):
    ran.append("quiet")


async def drive(node):
    ran.clear()
    runner = InMemoryRunner(node=node, app_name="app")
    session = await runner.session_service.create_session(app_name="app", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="hi")])
    try:
        async for _ in runner.run_async(user_id="u", session_id=session.id, new_message=message):
            pass
    except Exception as error:
        return sorted(ran), str(error)
    return sorted(ran), ""


two = asyncio.run(drive(Workflow(name="two", edges=[("START", begin, (left, right))])))
one = asyncio.run(drive(Workflow(name="one", edges=[("START", begin, (left, quiet))])))
assert two[0] == ["left", "right"] and "multiple terminal nodes produced output" in two[1], two
assert one == (["left", "quiet"], ""), one
print(f"two results: {two[0]} ran, then: {two[1]}")
print(f"one result: {one[0]} ran, no error")
PY
