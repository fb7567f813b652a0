#!/usr/bin/env bash
# LlamaIndex Workflows: a step that is tried again sends its events again.
# Most expect: an attempt that fails leaves nothing behind; what was sent before the failure is taken back, or sent once.
# What happens: `ctx.send_event` takes effect at once. Each attempt that fails later has sent its events, so the steps
# that take them run once for each attempt.
# Seen with llama-index-workflows 2.26.1, Python 3.11, 2026-11-30.
# Usage: ./llamaindex-retry-sends-events-again.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "llama-index-workflows==2.26.1"
    PYTHON="$folder/venv/bin/python"
fi
cat > "$folder/program.py" <<'PROGRAM'
import asyncio

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent
from workflows.retry_policy import ConstantDelayRetryPolicy

ran = []


class Note(Event):
    pass


class Done(Event):
    pass


class Desk(Workflow):
    @step(retry_policy=ConstantDelayRetryPolicy(maximum_attempts=3, delay=0.1))
    async def write(self, ctx: Context, ev: StartEvent) -> Note | Done:
        ctx.send_event(Note())
        ran.append("attempt")
        if ran.count("attempt") < 3:
            raise ValueError("not yet")
        return Done()

    @step
    async def mail(self, ev: Note) -> None:
        ran.append("mail")

    @step
    async def end(self, ev: Done) -> StopEvent:
        await asyncio.sleep(0.3)
        return StopEvent()


async def main():
    await Desk(timeout=5).run()


asyncio.run(main())
print(f"attempts: {ran.count('attempt')}, mails: {ran.count('mail')}")
PROGRAM
seen=$("$PYTHON" "$folder/program.py" 2> /dev/null)
echo "$seen"
expected=$'attempts: 3, mails: 3'
if [ "$seen" = "$expected" ]; then
    echo "Behaviour seen: three attempts sent three mails for one result."
else
    echo "The behaviour has changed."
    exit 1
fi
