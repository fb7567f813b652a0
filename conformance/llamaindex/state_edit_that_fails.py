"""A run whose state edit fails keeps nothing of the edit.

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


class Kept(Event):
    pass


class Desk(Workflow):
    @step
    async def keep(self, ctx: Context, ev: StartEvent) -> Kept:
        try:
            async with ctx.store.edit_state() as state:
                state.name = "Ada"
                raise ValueError("no")
        except ValueError:
            pass
        return Kept()

    @step
    async def tell(self, ctx: Context, ev: Kept) -> StopEvent:
        return StopEvent(result=await ctx.store.get("name", default="nobody"))


if __name__ == "__main__":
    print(json.dumps(dict(zip(("raised", "name"), outcome(Desk(timeout=1))))))
