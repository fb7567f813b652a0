"""A step that collects fewer events than come goes on with the first ones; where it ends the run, the rest is lost.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Plot(Event):
    row: int


class Dug(Event):
    row: int


class Garden(Workflow):
    @step
    async def plan(self, ctx: Context, ev: StartEvent) -> Plot | None:
        for row in range(5):
            ctx.send_event(Plot(row=row))

    @step
    async def dig(self, ev: Plot) -> Dug:
        return Dug(row=ev.row)

    @step
    async def sow(self, ctx: Context, ev: Dug) -> StopEvent | None:
        done = ctx.collect_events(ev, [Dug] * 3)
        return None if done is None else StopEvent(result=len(done))


async def main():
    return await Garden(timeout=5).run()


if __name__ == "__main__":
    print(json.dumps({"rows": asyncio.run(main())}))
