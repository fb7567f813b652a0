#!/usr/bin/env bash
# `Task(context=None)` is not the same as leaving `context` out: the task is shown no earlier result at all.
# Most expect: None is "nothing said", so the default holds and all earlier results are passed.
# What happens: the default is a marker of its own; None counts as an empty context, as [] does.
# Seen with crewai 1.15.30, Python 3.11, 2026-11-29. wflint draws no edge into such a task.
# Usage: ./crewai-context-none-hides-everything.sh   (PYTHON=... takes an environment that has the package already)
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
"$PYTHON" - <<'PY'
from crewai import Agent, BaseLLM, Crew, Task

prompts = {}


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        text = str(messages)
        step = next(name for name in ("Paint", "Sing", "Write") if f"{name} the" in text)
        prompts[step] = text
        return f"Thought: I know.\nFinal Answer: DONE-{step}"


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))


def is_shown(**given):
    prompts.clear()
    first = Task(description="Write the letter.", expected_output="x", agent=clerk)
    second = Task(description="Sing the song.", expected_output="x", agent=clerk, **given)
    Crew(agents=[clerk], tasks=[first, second]).kickoff()
    return "DONE-Write" in prompts["Sing"]


left_out, none = is_shown(), is_shown(context=None)
assert left_out and not none, (left_out, none)
print("context left out: the first result is shown")
print("context=None: nothing is shown")
PY
