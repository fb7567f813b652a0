"""Two classes of start events in one workflow are refused.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Again(StartEvent):
    reason: str = ""


class Cooked(Event):
    dish: str


class Kitchen(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> Cooked:
        return Cooked(dish="soup")

    @step
    async def repeat(self, ev: Again) -> Cooked:
        return Cooked(dish=ev.reason)

    @step
    async def serve(self, ev: Cooked) -> StopEvent:
        return StopEvent(result=ev.dish)


async def outcome(make):
    try:
        return await make(timeout=3).run()
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"outcome": asyncio.run(outcome(Kitchen))}))
