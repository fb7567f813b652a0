"""What an inner workflow writes to its stream does not get to that of the outer one.

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


class Note(Event):
    text: str


class Inner(Workflow):
    @step
    async def find(self, ctx: Context, ev: StartEvent) -> StopEvent:
        ctx.write_event_to_stream(Note(text="inner"))
        return StopEvent(result="found")


class Outer(Workflow):
    @step
    async def begin(self, ctx: Context, ev: StartEvent) -> StopEvent:
        ctx.write_event_to_stream(Note(text="outer"))
        return StopEvent(result=await Inner().run())


async def main():
    handler = Outer(timeout=4).run()
    notes = [event.text async for event in handler.stream_events() if isinstance(event, Note)]
    return [await handler, notes]


if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(main())}))
