"""Copies of a step that read a value of the store, wait, and set it lose what the others set meanwhile.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Page(Event):
    url: str


class Done(Event):
    pass


class Crawler(Workflow):
    @step
    async def begin(self, ctx: Context, ev: StartEvent) -> Page | None:
        await ctx.store.set("pages", 0)
        for url in ("a", "b", "c"):
            ctx.send_event(Page(url=url))

    @step(num_workers=3)
    async def count(self, ctx: Context, ev: Page) -> Done:
        pages = await ctx.store.get("pages")
        await asyncio.sleep(0.05)
        await ctx.store.set("pages", pages + 1)
        return Done()

    @step
    async def finish(self, ctx: Context, ev: Done) -> StopEvent | None:
        if ctx.collect_events(ev, [Done] * 3) is None:
            return None
        return StopEvent(result=await ctx.store.get("pages"))


async def main():
    return await Crawler(timeout=5).run()


if __name__ == "__main__":
    print(json.dumps({"pages": asyncio.run(main())}))
