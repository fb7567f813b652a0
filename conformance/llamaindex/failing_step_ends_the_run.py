"""A step that fails ends the run at once where nobody handles it, and what another one is doing is cancelled.

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

ran = []


class Left(Event):
    pass


class Right(Event):
    pass


class Work(Workflow):
    @step
    async def begin(self, ctx: Context, ev: StartEvent) -> Left | Right | None:
        ctx.send_event(Left())
        ctx.send_event(Right())

    @step
    async def left(self, ev: Left) -> StopEvent:
        await asyncio.sleep(0.2)
        ran.append("left")
        return StopEvent(result="left")

    @step
    async def right(self, ev: Right) -> None:
        raise ValueError("no")


async def main():
    return await Work(timeout=2).run()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(main()))[0], "ran": ran}))
