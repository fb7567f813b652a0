#!/usr/bin/env bash
# A `before_kickoff` hook that changes the inputs in place and returns nothing leaves the crew without inputs.
# Most expect: a hook that returns None changes nothing, or what it did to the dict counts.
# What happens: the inputs are what the hook returned, None, so nothing is filled in: the agent is told "About {topic}." as
# it stands. Without a hook, an input that is missing raises.
# Seen with crewai 1.15.30, Python 3.11, 2026-11-29.
# Usage: ./crewai-hook-that-returns-nothing-drops-the-inputs.sh   (PYTHON=... takes an environment that has the package already)
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

prompts = []


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        prompts.append(str(messages))
        return "Thought: I know.\nFinal Answer: done"


def note(inputs):
    inputs["reader"] = "all"


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))


def told(*hooks):
    letter = Task(description="About {topic}.", expected_output="a letter", agent=clerk)
    prompts.clear()
    Crew(agents=[clerk], tasks=[letter], before_kickoff_callbacks=list(hooks)).kickoff(inputs={"topic": "tea"})
    return next(text for text in ("About tea.", "About {topic}.") if text in prompts[0])


plain, hooked = told(), told(note)
assert plain == "About tea.", plain
assert hooked == "About {topic}.", hooked
print("without the hook:", plain)
print("with the hook:", hooked)
PY
