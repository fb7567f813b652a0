#!/usr/bin/env bash
# A crew whose last task is conditional and skipped gives the result of the task before it.
# Most expect: the result of a crew is that of its last task, so a skipped one gives an empty result.
# What happens: `result.raw` and `result.pydantic` come from the last task that wrote anything; `tasks_output[-1]` is
# the skipped task. Code that parses the last task's form from `result` gets another form, now and then.
# Seen with crewai 1.15.30, Python 3.11, 2026-11-29.
# Usage: ./crewai-skipped-last-task-is-not-the-result.sh   (PYTHON=... takes an environment that has the package already)
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
from crewai.tasks.conditional_task import ConditionalTask

prompts = {}


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        text = str(messages)
        step = next(name for name in ("Paint", "Sing", "Write") if f"{name} the" in text)
        prompts[step] = text
        return f"Thought: I know.\nFinal Answer: DONE-{step}"


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))

draft = Task(description="Write the letter.", expected_output="x", agent=clerk)
polish = ConditionalTask(
    description="Paint the wall.", expected_output="x", agent=clerk, condition=lambda output: len(output.raw) > 100
)
result = Crew(agents=[clerk], tasks=[draft, polish]).kickoff()
last = result.tasks_output[-1]
assert (result.raw, last.raw, last.description) == ("DONE-Write", "", "Paint the wall."), (result.raw, last)
print(f"result of the crew: {result.raw!r}; result of its last task: {last.raw!r}")
PY
