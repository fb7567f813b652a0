#!/usr/bin/env bash
# CrewAI refuses a guardrail that is annotated exactly as its documentation says, in a module that has
# `from __future__ import annotations`.
# Most expect: the import only postpones annotations, so a guardrail `-> tuple[bool, Any]` is taken in either module.
# What happens: `Task(...)` reads `inspect.signature(...).return_annotation`, which is a text then, and raises
# "If return type is annotated, it must be Tuple[bool, Any]".
# Seen with crewai 1.15.30, Python 3.11, 2026-11-29. wflint says it first: WF304.
# Usage: ./crewai-guardrail-postponed-annotations.sh   (PYTHON=... takes an environment that has crewai already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "crewai==1.15.30"
    PYTHON="$folder/venv/bin/python"
fi
cat > "$folder/plain.py" <<'PY'
from typing import Any

from crewai import Agent, Task

cook = Agent(role="Cook", goal="cook", backstory="old", llm="gpt-4o")


def pair(output) -> tuple[bool, Any]:
    return True, output


def build():
    return Task(description="Cook.", expected_output="A dish.", agent=cook, guardrail=pair)
PY
{ echo "from __future__ import annotations"; cat "$folder/plain.py"; } > "$folder/postponed.py"
cd "$folder"
export OPENAI_API_KEY=none OTEL_SDK_DISABLED=true CREWAI_DISABLE_TELEMETRY=true
"$PYTHON" - <<'PY'
import plain
import postponed

plain.build()
print("plain annotations: taken")
try:
    postponed.build()
    refused = ""
except ValueError as error:
    refused = str(error)
assert "must be Tuple[bool, Any]" in refused, refused
print("postponed annotations: refused, 'If return type is annotated, it must be Tuple[bool, Any]'")
PY
