"""What a step does to the state that it asked for stays: it is the state itself, no copy.

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
        state = await ctx.store.get_state()
        state.name = "Ada"
        return Kept()

    @step
    async def tell(self, ctx: Context, ev: Kept) -> StopEvent:
        return StopEvent(result=await ctx.store.get("name", default="nobody"))


if __name__ == "__main__":
    print(json.dumps(dict(zip(("raised", "name"), outcome(Desk(timeout=1))))))
