#!/usr/bin/env bash
# A CrewAI task with a `guardrail` and `guardrails` never calls the first one.
# Most expect: both are checked, or giving both is refused, as `output_json` beside `output_pydantic` is.
# What happens: the list takes the place of the single one, which is set to None when the task is made; nothing is said.
# Seen with crewai 1.15.30, Python 3.11, 2026-11-30. wflint says so: WF607.
# Usage: ./crewai-guardrails-drop-the-guardrail.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "crewai==1.15.30"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
export OPENAI_API_KEY=none OTEL_SDK_DISABLED=true CREWAI_DISABLE_TELEMETRY=true CREWAI_TRACING_ENABLED=false
cat > letter.py <<'PY'
from crewai import Agent, BaseLLM, Crew, Task

ran = []


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        return "Thought: I know.\nFinal Answer: My card is 4111 1111 1111 1111."


def no_card(output):
    ran.append("no_card")
    return ("4111" not in output.raw, "a card number")


def is_short(output):
    ran.append("is_short")
    return (len(output.raw) < 100, output.raw)


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))
letter = Task(description="Write.", expected_output="x", agent=clerk, guardrail=no_card, guardrails=[is_short])
result = Crew(agents=[clerk], tasks=[letter]).kickoff()
assert ran == ["is_short"] and letter.guardrail is None, (ran, letter.guardrail)
print(f"called: {ran}; task.guardrail is {letter.guardrail}; and so: {result.raw!r}")
PY
"$PYTHON" letter.py
