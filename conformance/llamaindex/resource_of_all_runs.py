"""A resource is made once for a workflow object: its next run finds what the first one left in it.

llama-index-workflows 2.26.1.
"""

import asyncio
import json
from typing import Annotated

from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent
from workflows.resource import Resource


class Noted(Event):
    pass


def notes() -> list:
    return []


class Flow(Workflow):
    @step
    async def note(self, ev: StartEvent, kept: Annotated[list, Resource(notes)]) -> Noted:
        kept.append("noted")
        return Noted()

    @step
    async def show(self, ev: Noted, kept: Annotated[list, Resource(notes)]) -> StopEvent:
        return StopEvent(result=list(kept))


async def main():
    flow = Flow(timeout=1)
    return [await flow.run(), await flow.run()]


if __name__ == "__main__":
    print(json.dumps({"results": asyncio.run(main())}))
