"""A step may run another workflow and wait for its result.

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


class Count(Workflow):
    @step
    async def count(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result=len(ev.text))


class Search(Workflow):
    def __init__(self, counter, **options):
        super().__init__(**options)
        self.counter = counter

    @step
    async def find(self, ev: StartEvent) -> StopEvent:
        number = await self.counter.run(text=ev.topic)
        return StopEvent(result=number + 1)


async def main():
    return await Search(Count(timeout=5), timeout=5).run(topic="tea")


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
