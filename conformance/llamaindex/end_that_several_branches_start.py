"""Of branches that each end the run, the first one done cancels the others.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent

ran = []


class Item(Event):
    number: int


class Work(Workflow):
    @step
    async def begin(self, ctx: Context, ev: StartEvent) -> Item | None:
        for number in range(3):
            ctx.send_event(Item(number=number))

    @step
    async def work(self, ev: Item) -> StopEvent:
        await asyncio.sleep(0.1 * ev.number)
        ran.append(ev.number)
        return StopEvent(result=ev.number)


async def main():
    return await Work(timeout=5).run()


if __name__ == "__main__":
    result = asyncio.run(main())
    print(json.dumps({"result": result, "ran": ran}))
