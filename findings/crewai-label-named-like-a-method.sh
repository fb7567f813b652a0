#!/usr/bin/env bash
# A router that returns a label which is also a method's name sets off those who listen to that method, although the
# method has not run.
# Most expect: the label "post" leads to `@listen("post")`, and `@listen(post)`, the method, to what follows the method.
# What happens: both are kept as the text "post", so the step after the method runs with the router's label as its input,
# and the method itself does not.
# Seen with crewai 1.15.30, Python 3.11, 2026-11-29. wflint draws the edge from the router.
# Usage: ./crewai-label-named-like-a-method.sh   (PYTHON=... takes an environment that has the package already)
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
from crewai.flow.flow import Flow, listen, router, start

ran = []


class Desk(Flow):
    suppress_flow_events = True

    @start()
    def read(self):
        return "text"

    @router(read)
    def check(self):
        return "post"

    @listen("keep")
    def post(self):
        ran.append("post")
        return "posted"

    @listen(post)
    def note(self, given):
        ran.append(f"note of {given!r}")


Desk().kickoff()
assert ran == ["note of 'post'"], ran
print(f"post never ran, and yet: {ran[0]}")
PY
