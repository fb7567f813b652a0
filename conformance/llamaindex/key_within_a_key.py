"""A key of the store may be a path; one that nobody set within a value fails the run.

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
        await ctx.store.set("user.name", "Ada")
        return Kept()

    @step
    async def tell(self, ctx: Context, ev: Kept) -> StopEvent:
        ran.append(await ctx.store.get("user.name"))
        return StopEvent(result=await ctx.store.get("user.city"))


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(Desk(timeout=1))[0], "name": ran}))
