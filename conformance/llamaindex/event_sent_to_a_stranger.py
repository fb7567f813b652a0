"""An event that is sent to a step which does not take it fails the run.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent



class Left(Event):
    pass


class Right(Event):
    pass


class Flow(Workflow):
    @step
    async def split(self, ctx: Context, ev: StartEvent) -> Left | Right | None:
        ctx.send_event(Left(), step="right")

    @step
    async def left(self, ev: Left) -> StopEvent:
        return StopEvent(result="left")

    @step
    async def right(self, ev: Right) -> StopEvent:
        return StopEvent(result="right")


async def main():
    try:
        return await Flow(timeout=1).run()
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
