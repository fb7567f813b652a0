"""A field of an event is checked where the event is made.

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
    async def begin(self, ev: StartEvent) -> Found:
        return Found(count="many")

    @step
    async def post(self, ev: Found) -> StopEvent:
        return StopEvent(result=ev.count)


async def main():
    return await outcome(Desk) != "many"


if __name__ == "__main__":
    print(json.dumps({"fails": asyncio.run(main())}))
