"""Two runs of one workflow object at once have a store each.

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


class Search(Workflow):
    @step
    async def find(self, ctx: Context, ev: StartEvent) -> StopEvent:
        await ctx.store.set("topic", ev.topic)
        await asyncio.sleep(0.05)
        return StopEvent(result=await ctx.store.get("topic"))


async def main():
    search = Search(timeout=5)
    return await asyncio.gather(search.run(topic="tea"), search.run(topic="rice"))


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
