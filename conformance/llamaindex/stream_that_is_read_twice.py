"""The stream of a run is read once: a second loop over it fails.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent


async def outcome(make, **given):
    try:
        return await make(timeout=3).run(**given)
    except Exception as error:
        return type(error).__name__



class Found(Event):
    text: str


class Mail(Workflow):
    @step
    async def look(self, ev: StartEvent, ctx: Context) -> Found:
        ctx.write_event_to_stream(Found(text="a"))
        return Found(text="b")

    @step
    async def end(self, ev: Found) -> StopEvent:
        return StopEvent(result=ev.text)


async def main():
    handler = Mail(timeout=3).run()
    async for _ in handler.stream_events():
        pass
    raised = ""
    try:
        async for _ in handler.stream_events():
            pass
    except Exception as error:
        raised = type(error).__name__
    return raised


if __name__ == "__main__":
    print(json.dumps({"raised": asyncio.run(main())}))
