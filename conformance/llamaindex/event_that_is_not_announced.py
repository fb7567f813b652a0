"""A step that returns an event which its annotation does not name sends it all the same.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

class Left(Event):
    pass


class Right(Event):
    pass


class Work(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> Left | Right:
        return Left()

    @step
    async def left(self, ev: Left) -> StopEvent:
        return Right()

    @step
    async def right(self, ev: Right) -> StopEvent:
        return StopEvent(result="right")


async def main():
    return await Work(timeout=2).run()


if __name__ == "__main__":
    print(json.dumps({"result": outcome(lambda: asyncio.run(main()))}))
