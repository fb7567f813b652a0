"""A step that asks the store for a key which nobody has set fails the run.

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

class Next(Event):
    pass


class Work(Workflow):
    @step
    async def begin(self, ctx: Context, ev: StartEvent) -> Next:
        await ctx.store.set("topic", "tea")
        return Next()

    @step
    async def finish(self, ctx: Context, ev: Next) -> StopEvent:
        return StopEvent(result=await ctx.store.get("title"))


async def main():
    return await Work().run()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(main()))[0]}))
