"""An event that is written to the stream starts no step.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent

ran = []


def outcome(flow, **inputs):
    async def run():
        return await flow.run(**inputs)

    try:
        return "", asyncio.run(run())
    except Exception as error:
        return type(error).__name__, None


class Draft(Event):
    text: str


class Desk(Workflow):
    @step
    async def write(self, ctx: Context, ev: StartEvent) -> Draft | StopEvent | None:
        ran.append("write")
        ctx.write_event_to_stream(Draft(text="tea"))

    @step
    async def check(self, ev: Draft) -> StopEvent:
        ran.append("check")
        return StopEvent(result=ev.text)


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(Desk(timeout=1))[0], "ran": ran}))
