"""An event that a step returns in a list and one that it sends start copies of one step side by side.

llama-index-workflows 2.26.1.
"""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent


def outcome(do):
    with ThreadPoolExecutor() as pool:
        done = pool.submit(asyncio.run, do())
        failure = done.exception()
    return [type(failure).__name__, None] if failure else ["", done.result()]


class Item(Event):
    n: int


class Done(Event):
    n: int


class Search(Workflow):
    @step
    async def split(self, ctx: Context, ev: StartEvent) -> Item | None:
        for n in range(3):
            ctx.send_event(Item(n=n))
        return None

    @step(num_workers=3)
    async def work(self, ev: Item) -> Done:
        return Done(n=ev.n + 1)

    @step
    async def gather(self, ctx: Context, ev: Done) -> StopEvent | None:
        found = ctx.collect_events(ev, [Done] * 3)
        return StopEvent(result=sorted(each.n for each in found)) if found else None


async def main():
    return await Search(timeout=5).run()


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
