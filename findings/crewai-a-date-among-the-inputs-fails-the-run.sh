#!/usr/bin/env bash
# A crew is given the date among its inputs, next to what its tasks ask for.
# Most expect: it is written out where a task has the placeholder, as str() would, and passed over elsewhere.
# What happens: the run fails before any model is asked ("Unsupported type date in inputs"), even where no task asks
# for it. So does the result of another crew, an object of pydantic, a tuple; texts, numbers, dicts and lists are taken.
# Seen with crewai 1.15.30 and 0.203.2, Python 3.11, 2026-11-30. wflint says it first: WF304.
# Usage: ./crewai-a-date-among-the-inputs-fails-the-run.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "crewai==1.15.30"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" - <<'PY'
import os
from datetime import date

os.environ.update(OPENAI_API_KEY="none", CREWAI_DISABLE_TELEMETRY="true", CREWAI_TRACING_ENABLED="false")
from crewai import Agent, BaseLLM, Crew, Task


class Scripted(BaseLLM):
    def call(self, messages, *args, **kwargs):
        return "Thought: I know.\nFinal Answer: done"


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))
crew = Crew(agents=[clerk], tasks=[Task(description="Count.", expected_output="x", agent=clerk)])


def run(**inputs):
    try:
        return crew.kickoff(inputs=inputs).raw
    except ValueError as error:
        return str(error)


first = crew.kickoff()
found = {"date": run(day=date(2026, 11, 30)), "result": run(before=first), "tuple": run(both=("a", "b")), "text": run(day="x")}
assert found["text"] == "done", found
assert all("Unsupported type" in found[name] for name in ("date", "result", "tuple")), found
for name, said in found.items():
    print(f"{name}: {said[:110]}")
PY
