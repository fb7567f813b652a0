"""The first events of a list are one at least.

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


from typing import Annotated

from workflows.collect import Collect, Take


def build():
    class Desk(Workflow):
        @step
        async def begin(self, ev: StartEvent) -> list[Found]:
            return [Found(), Found()]

        @step
        async def post(self, ev: Annotated[list[Found], Collect(Take(0))]) -> StopEvent:
            return StopEvent(result=len(ev))

    return Desk()


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = type(error).__name__
    print(json.dumps({"refused": refused}))
