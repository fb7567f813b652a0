"""collect_events takes events in the order of its list, whatever order they came in.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent


ran = []


class A(Event):
    pass


class B(Event):
    pass


class Flow(Workflow):
    @step
    async def begin(self, ctx: Context, ev: StartEvent) -> A | B:
        ctx.send_event(B())
        return A()

    @step
    async def end(self, ctx: Context, ev: A | B) -> StopEvent | None:
        got = ctx.collect_events(ev, [A, B])
        if got is None:
            return None
        return StopEvent(result=[type(each).__name__ for each in got])


async def main():
    return await Flow().run()


if __name__ == "__main__":
    result = asyncio.run(main())
    print(json.dumps({"result": result}))
