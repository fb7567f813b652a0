#!/usr/bin/env bash
# A CrewAI listener of `or_(quick, slow)` is cancelled when `slow` is done while it is under way.
# Most expect: the first of the two sets the listener off, and the second one is ignored, or cancelled.
# What happens: the listener runs as a part of what `quick` does; `slow`, once done, finds it set off already, is the first to have nothing
# more to do, and cancels the others, the listener among them. Nothing behind it runs, and the result is None.
# Seen with crewai 1.15.30, Python 3.11, 2026-11-30.
# Usage: ./crewai-listener-of-or-is-cut-short.sh   (PYTHON=... takes an environment that has the package already)
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
cat > report.py <<'PY'
import asyncio

from crewai.flow.flow import Flow, listen, or_, start

ran = []


class Report(Flow):
    @start()
    def begin(self):
        return "go"

    @listen(begin)
    async def quick(self):
        ran.append("quick")

    @listen(begin)
    async def slow(self):
        await asyncio.sleep(0.5)
        ran.append("slow")

    @listen(or_(quick, slow))
    async def publish(self):
        ran.append("publish begins")
        await asyncio.sleep(1.5)
        ran.append("publish ends")
        return "published"

    @listen(publish)
    def tell(self):
        ran.append("tell")


result = Report(suppress_flow_events=True).kickoff()
assert ran == ["quick", "publish begins", "slow"] and result is None, (ran, result)
print("ran:", ran)
print("result:", result)
PY
"$PYTHON" report.py
