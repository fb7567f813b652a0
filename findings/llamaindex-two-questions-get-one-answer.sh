#!/usr/bin/env bash
# A LlamaIndex step that asks two questions, one after the other, has one answer for both.
# Most expect: each `await ctx.wait_for_event(HumanResponseEvent, ...)` gives the answer to its own question, as with
# llama-index-workflows 1.3; at least where each wait has a `waiter_id` ("identifier for the same logical wait").
# What happens: an answer goes to every wait for its class. Without ids the second question is never asked and has the first
# answer; with ids both are asked, and the answer to the second takes the place of the first one, too. `requirements` help.
# Seen with llama-index-workflows 2.26.1, Python 3.11, 2026-12-01. wflint says so: WF607.
# Usage: ./llamaindex-two-questions-get-one-answer.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "llama-index-workflows==2.26.1"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > program.py <<'PY'
import asyncio

from workflows import Context, Workflow, step
from workflows.events import HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent

ANSWERS = {"name?": "Ann", "town?": "Bath"}


class Plain(Workflow):
    @step
    async def ask(self, ctx: Context, ev: StartEvent) -> StopEvent:
        name = await ctx.wait_for_event(HumanResponseEvent, waiter_event=InputRequiredEvent(prefix="name?"))
        town = await ctx.wait_for_event(HumanResponseEvent, waiter_event=InputRequiredEvent(prefix="town?"))
        return StopEvent(result=[name.response, town.response])


class WithIds(Workflow):
    @step
    async def ask(self, ctx: Context, ev: StartEvent) -> StopEvent:
        answers = []
        for question in ANSWERS:
            asked = InputRequiredEvent(prefix=question)
            answers.append(await ctx.wait_for_event(HumanResponseEvent, waiter_event=asked, waiter_id=question))
        return StopEvent(result=[each.response for each in answers])


class WithRequirements(Workflow):
    @step
    async def ask(self, ctx: Context, ev: StartEvent) -> StopEvent:
        answers = []
        for question in ANSWERS:
            asked, wanted = InputRequiredEvent(prefix=question), {"question": question}
            answers.append(await ctx.wait_for_event(HumanResponseEvent, waiter_event=asked, requirements=wanted))
        return StopEvent(result=[each.response for each in answers])


async def main(workflow):
    handler = workflow.run()
    asked = []
    async for event in handler.stream_events():
        if isinstance(event, InputRequiredEvent):
            asked.append(event.prefix)
            handler.ctx.send_event(HumanResponseEvent(response=ANSWERS[event.prefix], question=event.prefix))
    return asked, await handler


seen = {kind.__name__: asyncio.run(main(kind(timeout=10))) for kind in (Plain, WithIds, WithRequirements)}
for kind, (asked, answers) in seen.items():
    print(f"{kind}: asked {asked}, answers {answers}")
assert seen == {
    "Plain": (["name?"], ["Ann", "Ann"]),
    "WithIds": (["name?", "town?"], ["Bath", "Bath"]),
    "WithRequirements": (["name?", "town?"], ["Ann", "Bath"]),
}, seen
PY
"$PYTHON" program.py
