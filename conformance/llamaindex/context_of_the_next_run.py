"""A run with the context of an earlier one finds what that left in the store.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

class Work(Workflow):
    @step
    async def begin(self, ctx: Context, ev: StartEvent) -> StopEvent:
        count = await ctx.store.get("count", default=0)
        await ctx.store.set("count", count + 1)
        return StopEvent(result=count + 1)


async def main():
    work = Work(timeout=2)
    ctx = Context(work)
    return [await work.run(ctx=ctx), await work.run(ctx=ctx), await work.run()]


if __name__ == "__main__":
    print(json.dumps({"result": outcome(lambda: asyncio.run(main()))}))
