#!/usr/bin/env bash
# Google ADK: the signal that ends a loop within a loop ends the outer loop, too, after its first round.
# Most expect: `escalate` ends the loop whose agent gives it; the loop around it goes on to its next round.
# What happens: the event is handed on as it is, and every loop that sees it ends. Of two rounds that the outer loop was to
# make, one is made, and nobody is told.
# Seen with google-adk 2.13.0, Python 3.11, 2026-11-30.
# Usage: ./adk-exit-of-an-inner-loop-ends-the-outer-one.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "google-adk==2.13.0"
    PYTHON="$folder/venv/bin/python"
fi
cat > "$folder/program.py" <<'PROGRAM'
import asyncio
import warnings

warnings.simplefilter("ignore")

from google.adk.agents import BaseAgent, LoopAgent
from google.adk.events import Event, EventActions
from google.adk.runners import InMemoryRunner
from google.genai import types

ran = []


class Writer(BaseAgent):
    async def _run_async_impl(self, ctx):
        ran.append("write")
        yield Event(author=self.name)


class Checker(BaseAgent):
    async def _run_async_impl(self, ctx):
        ran.append("check")
        yield Event(author=self.name, actions=EventActions(escalate=True))


async def main():
    inner = LoopAgent(name="inner", sub_agents=[Checker(name="checker")], max_iterations=3)
    outer = LoopAgent(name="outer", sub_agents=[Writer(name="writer"), inner], max_iterations=2)
    runner = InMemoryRunner(agent=outer, app_name="app")
    session = await runner.session_service.create_session(app_name="app", user_id="u")
    message = types.Content(role="user", parts=[types.Part(text="go")])
    async for _ in runner.run_async(user_id="u", session_id=session.id, new_message=message):
        pass


asyncio.run(main())
print(*ran)
PROGRAM
seen=$("$PYTHON" "$folder/program.py" 2> /dev/null)
echo "$seen"
expected=$'write check'
if [ "$seen" = "$expected" ]; then
    echo "Behaviour seen: the outer loop was to write twice, and wrote once."
else
    echo "The behaviour has changed."
    exit 1
fi
