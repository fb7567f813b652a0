"""A step that returns a dict fails the run: it has to be an event.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Found(Event):
    count: int = 0


async def outcome(make, **given):
    try:
        return str(await make(timeout=3).run(**given))
    except Exception as error:
        return type(error).__name__


class Desk(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> StopEvent:
        return {"result": "x"}


if __name__ == "__main__":
    print(json.dumps({"outcome": asyncio.run(outcome(Desk))}))
