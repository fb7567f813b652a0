"""A step that collects more events than come waits until the run times out.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent


async def outcome(make, **given):
    try:
        return await make(timeout=3).run(**given)
    except Exception as error:
        return type(error).__name__



class Part(Event):
    n: int


class Mail(Workflow):
    @step
    async def split(self, ev: StartEvent, ctx: Context) -> Part | None:
        for n in range(2):
            ctx.send_event(Part(n=n))

    @step
    async def gather(self, ev: Part, ctx: Context) -> StopEvent | None:
        parts = ctx.collect_events(ev, [Part] * 3)
        if parts is None:
            return None
        return StopEvent(result=len(parts))


if __name__ == "__main__":
    print(json.dumps({"outcome": asyncio.run(outcome(Mail))}))
