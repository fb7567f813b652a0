"""A step that sets a key of the store while it edits the state fails the run.

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
    async def count(self, ctx: Context, ev: StartEvent) -> StopEvent:
        async with ctx.store.edit_state() as state:
            state.words = 3
            await ctx.store.set("pages", 1)
        return StopEvent(result=await ctx.store.get("pages"))


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(Desk(timeout=1))[0]}))
