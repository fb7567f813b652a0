#!/usr/bin/env bash
# A LlamaIndex step that waits for an event within `try ... except Exception` does not wait.
# Most expect: `await ctx.wait_for_event(...)` suspends the step, as any other `await` does, and raises when it times out.
# What happens: the wait is an exception that leaves the step, which is run again from its top once the event is there;
# code that copes with failures catches it, goes on at once, and the question is never asked.
# Seen with llama-index-workflows 2.26.1, Python 3.11, 2026-11-30. wflint says so: WF607.
# Usage: ./llamaindex-a-wait-is-an-exception.sh   (PYTHON=... takes an environment that has the package already)
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

from workflows import Context, Workflow, step
from workflows.events import HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent


class Careful(Workflow):
    @step
    async def ask(self, ev: StartEvent, ctx: Context) -> StopEvent:
        question = InputRequiredEvent(prefix="Send it?")
        try:
            answer = await ctx.wait_for_event(HumanResponseEvent, waiter_event=question)
        except Exception as error:
            return StopEvent(result=f"not asked: {type(error).__name__}")
        return StopEvent(result=answer.response)


class Plain(Workflow):
    @step
    async def ask(self, ev: StartEvent, ctx: Context) -> StopEvent:
        answer = await ctx.wait_for_event(HumanResponseEvent, waiter_event=InputRequiredEvent(prefix="Send it?"))
        return StopEvent(result=answer.response)


async def main(workflow):
    handler = workflow.run()
    asked = 0
    async for event in handler.stream_events():
        if isinstance(event, InputRequiredEvent):
            asked += 1
            handler.ctx.send_event(HumanResponseEvent(response="yes"))
    return asked, await handler


plain, careful = asyncio.run(main(Plain(timeout=5))), asyncio.run(main(Careful(timeout=5)))
assert plain == (1, "yes") and careful == (0, "not asked: WaitingForEvent"), (plain, careful)
print(f"without a try: asked {plain[0]} time, {plain[1]!r}; within one: asked {careful[0]} times, {careful[1]!r}")
PY
