"""A step that waits for two events pairs them in the order in which they come; what is left over waits in vain.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent

pairs = []


class A(Event):
    number: int


class B(Event):
    number: int


class Done(Event):
    pass


class Flow(Workflow):
    @step
    async def left(self, ctx: Context, ev: StartEvent) -> A | None:
        for number in range(3):
            ctx.send_event(A(number=number))

    @step
    async def right(self, ctx: Context, ev: StartEvent) -> B | None:
        for number in range(2):
            ctx.send_event(B(number=number))

    @step
    async def join(self, a: A, b: B) -> Done:
        pairs.append([a.number, b.number])
        return Done()

    @step
    async def end(self, ev: Done) -> StopEvent | None:
        return StopEvent(result="done") if len(pairs) == 2 else None


async def main():
    return await Flow(timeout=5).run()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"pairs": pairs}))
