#!/usr/bin/env bash
# CrewAI drops arguments that its parts do not take: a limit, a form and an instruction are written, and never hold.
# Most expect: a validation error, as from ADK's agents ("Extra inputs are not permitted"), since all of these parts are
# pydantic models and a misspelt value of a known field is refused at length.
# What happens: Agent(system_message=...), Task(output_format=...) and Crew(max_execution_time=...) are constructed without
# a word and without the argument. Each has a neighbour that takes it under this or a similar name (an agent's
# `system_template` and `max_execution_time`, a task's `output_json`), so that the code reads as if it did something.
# Seen with crewai 1.15.30, Python 3.11, 2026-11-29.
# Usage: ./crewai-arguments-nobody-takes-are-dropped.sh   (PYTHON=... takes an environment that has it already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "crewai==1.15.30"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > desk.py <<'PY'
from crewai import Agent, Crew, Task
from pydantic import ValidationError

clerk = Agent(role="clerk", goal="sort letters", backstory="old", llm="gpt-4o", system_message="Be brief.")
sort = Task(description="Sort the letters.", expected_output="A list", agent=clerk, output_format="markdown")
crew = Crew(agents=[clerk], tasks=[sort], max_execution_time=10)
for part, name in ((clerk, "system_message"), (sort, "output_format"), (crew, "max_execution_time")):
    print(f"{type(part).__name__}.{name}:", getattr(part, name, "not there"))
try:
    Agent(role="clerk", goal="sort letters", backstory="old", llm="gpt-4o", max_iter="many")
except ValidationError as error:
    print("a wrong value of a known field:", error.errors()[0]["type"])
PY
OTEL_SDK_DISABLED=true CREWAI_DISABLE_TELEMETRY=true OPENAI_API_KEY=none HOME="$folder" "$PYTHON" desk.py 2> errors | tee seen
cat > expected <<'TXT'
Agent.system_message: not there
Task.output_format: not there
Crew.max_execution_time: not there
a wrong value of a known field: int_parsing
TXT
diff expected seen || { cat errors; exit 1; }
echo "As described."
