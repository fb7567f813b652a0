"""Two waits of a step for one class of events are given one answer: the second question is never asked.

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


class Desk(Workflow):
    @step
    async def ask(self, ctx: Context, ev: StartEvent) -> StopEvent:
        name = await ctx.wait_for_event(HumanResponseEvent, waiter_event=InputRequiredEvent(prefix="name?"), timeout=1)
        town = await ctx.wait_for_event(HumanResponseEvent, waiter_event=InputRequiredEvent(prefix="town?"), timeout=1)
        return StopEvent(result=[name.response, town.response])


async def main():
    handler = Desk(timeout=4).run()
    answers = {"name?": "Ann", "town?": "Bath"}
    asked = []
    async for event in handler.stream_events():
        if isinstance(event, InputRequiredEvent):
            asked.append(event.prefix)
            handler.ctx.send_event(HumanResponseEvent(response=answers[event.prefix]))
    return [await handler, asked]


if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(main())}))
