#!/usr/bin/env bash
# A function that is a workflow needs nothing from outside, so it has no parameter.
# Most expect: it is run without a message, or the message is passed over, or the decorator refuses it.
# What happens: the decorator and build() take it, and no run is possible: without a message run() asks for one, with
# a message it refuses that, because the function has no parameter to receive it ("or omit message").
# Seen with agent-framework-core 1.23.0, Python 3.11, 2026-11-30. wflint says it first: WF304.
# Usage: ./agent-framework-workflow-without-a-parameter-cannot-run.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "agent-framework-core==1.23.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" - <<'PY'
import asyncio
import warnings

from agent_framework import step, workflow

warnings.simplefilter("ignore")


@step
async def fetch(place: str) -> str:
    return f"a page of {place}"


@workflow
async def pipeline() -> str:
    return await fetch("the harbour")


def run(*given):
    try:
        return asyncio.run(pipeline.build().run(*given))
    except ValueError as error:
        return " ".join(str(error).split())


without, message = run(), run("go")
assert "Must provide at least one of" in without and "no non-RunContext parameter" in message, (without, message)
print(f"without a message: {without[:70]}")
print(f"with a message: {message[:110]}")
PY
