"""One answer goes to every step that waits for events of its class.

llama-index-workflows 2.26.1.
"""

import asyncio
import json
from typing import Annotated

from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent
from workflows.resource import Resource

ran = []


def outcome(do):
    try:
        return ["", asyncio.run(do)]
    except BaseException as error:
        return [type(error).__name__, None]


class Left(Event):
    pass


class Right(Event):
    pass


class Done(Event):
    word: str


class Desk(Workflow):
    @step
    async def split(self, ctx: Context, ev: StartEvent) -> Left | Right | None:
        ctx.send_event(Left())
        ctx.send_event(Right())
        return None

    @step
    async def left(self, ctx: Context, ev: Left) -> Done:
        answer = await ctx.wait_for_event(HumanResponseEvent, waiter_event=InputRequiredEvent(prefix="left?"))
        return Done(word="left " + answer.response)

    @step
    async def right(self, ctx: Context, ev: Right) -> Done:
        answer = await ctx.wait_for_event(HumanResponseEvent, waiter_event=InputRequiredEvent(prefix="right?"))
        return Done(word="right " + answer.response)

    @step
    async def gather(self, ctx: Context, ev: Done) -> StopEvent | None:
        found = ctx.collect_events(ev, [Done] * 2)
        return StopEvent(result=sorted(each.word for each in found)) if found else None


async def main():
    handler = Desk(timeout=4).run()
    asked = []
    async for event in handler.stream_events():
        if isinstance(event, InputRequiredEvent):
            asked.append(event.prefix)
            if len(asked) == 2:
                handler.ctx.send_event(HumanResponseEvent(response="yes"))
    return [await handler, sorted(asked)]


if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(main())}))
