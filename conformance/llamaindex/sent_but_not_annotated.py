"""An event that is only sent has to be in a return annotation all the same, or the run is refused.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Found(Event):
    text: str


class Search(Workflow):
    @step
    async def look(self, ctx: Context, ev: StartEvent) -> StopEvent | None:
        ctx.send_event(Found(text="page"))
        return None

    @step
    async def tell(self, ev: Found) -> StopEvent:
        return StopEvent(result=ev.text)


async def outcome(make):
    try:
        return await make(timeout=3).run()
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"outcome": asyncio.run(outcome(Search))}))
