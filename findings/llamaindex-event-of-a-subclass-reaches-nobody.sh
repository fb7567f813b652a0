#!/usr/bin/env bash
# A LlamaIndex step that returns an event of a subclass of its annotation leaves the run to its time-out.
# Most expect: `FoundMuch` is a `Found`, so the step that takes `Found` gets it; type checkers agree.
# What happens: events are handed on by their exact class; nobody takes this one, nothing is said, and the run waits until
# its time is over (45 seconds by default). wflint says so: WF305.
# Seen with llama-index-workflows 2.26.1, Python 3.11, 2026-11-29.
# Usage: ./llamaindex-event-of-a-subclass-reaches-nobody.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "llama-index-workflows==2.26.1"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" - <<'PY'
import asyncio

from workflows import Workflow, step
from workflows.errors import WorkflowTimeoutError
from workflows.events import Event, StartEvent, StopEvent


class Found(Event):
    text: str


class FoundMuch(Found):
    pass


class Search(Workflow):
    @step
    async def search(self, ev: StartEvent) -> Found:
        return ev.kind(text="tea")

    @step
    async def write(self, ev: Found) -> StopEvent:
        return StopEvent(result=ev.text)


async def main(kind):
    try:
        return await Search(timeout=1).run(kind=kind)
    except WorkflowTimeoutError as error:
        return str(error)


plain, narrower = asyncio.run(main(Found)), asyncio.run(main(FoundMuch))
assert plain == "tea", plain
assert "timed out" in narrower, narrower
print("Found:", plain)
print("FoundMuch:", narrower)
PY
