#!/usr/bin/env bash
# A CrewAI flow whose start is decorated with `@start`, without brackets, runs nothing and says nothing.
# Most expect: `@start` means `@start()`, as with `@task` and `@agent`, or the class is refused.
# What happens: the method is taken for a condition and what is left in the class is a decorator; who listens to it never runs.
# Seen with crewai 1.15.30, Python 3.11, 2026-11-30.
# Usage: ./crewai-start-without-brackets-runs-nothing.sh   (PYTHON=... takes an environment that has the package already)
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
cat > desk.py <<'PY'
from crewai.flow.flow import Flow, listen, start

ran = []


class Bare(Flow):
    @start
    def begin(self):
        ran.append("begin")
        return "tea"

    @listen(begin)
    def serve(self, what):
        ran.append("serve")
        return what + " served"


class Called(Flow):
    @start()
    def begin(self):
        return "tea"

    @listen(begin)
    def serve(self, what):
        return what + " served"


bare, called = (each(suppress_flow_events=True).kickoff() for each in (Bare, Called))
assert bare is None and ran == [] and called == "tea served", (bare, ran, called)
print("@start:", bare, ran)
print("@start():", called)
PY
"$PYTHON" desk.py
