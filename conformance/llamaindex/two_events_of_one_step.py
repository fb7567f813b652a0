"""A step with two event parameters waits for one event of each class.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Left(Event):
    number: int


class Right(Event):
    number: int


class Sum(Workflow):
    @step
    async def left(self, ev: StartEvent) -> Left:
        return Left(number=1)

    @step
    async def right(self, ev: StartEvent) -> Right:
        return Right(number=2)

    @step
    async def add(self, one: Left, two: Right) -> StopEvent:
        return StopEvent(result=one.number + two.number)


async def outcome(make):
    try:
        return await make(timeout=3).run()
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"outcome": asyncio.run(outcome(Sum))}))
