"""A step cannot stream the events of its own run.

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


class Desk(Workflow):
    @step
    async def write(self, ctx: Context, ev: StartEvent) -> StopEvent:
        async for event in ctx.stream_events():
            ran.append(event)
        return StopEvent(result="done")


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(Desk(timeout=1))[0]}))
