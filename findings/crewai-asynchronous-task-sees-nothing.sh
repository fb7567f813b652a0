#!/usr/bin/env bash
# An asynchronous task without a context of its own is shown no result of the tasks before it.
# Most expect: a task without `context` gets the results of all tasks before it, asynchronous or not; the crew even
# carries a "last synchronous output" for this.
# What happens: that variable is only ever filled when a crew is replayed, so in a plain run the prompt has no context.
# Seen with crewai 1.15.30, Python 3.11, 2026-11-29. wflint counts the earlier results as left out.
# Usage: ./crewai-asynchronous-task-sees-nothing.sh   (PYTHON=... takes an environment that has the package already)
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


def prompt_of_the_second(asynchronous):
    prompts.clear()
    first = Task(description="Write the letter.", expected_output="x", agent=clerk)
    second = Task(description="Sing the song.", expected_output="x", agent=clerk, async_execution=asynchronous)
    last = Task(description="Paint the wall.", expected_output="x", agent=clerk)
    Crew(agents=[clerk], tasks=[first, second, last]).kickoff()
    return "DONE-Write" in prompts["Sing"]


waits, does_not = prompt_of_the_second(False), prompt_of_the_second(True)
assert waits and not does_not, (waits, does_not)
print("synchronous second task: is shown the result of the first")
print("asynchronous second task: is shown nothing")
PY
