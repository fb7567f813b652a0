"""An event is made with all fields that it requires: without one the step fails.

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


class Found(Event):
    pages: list[str]
    source: str


class Search(Workflow):
    @step
    async def find(self, ev: StartEvent) -> Found:
        return Found(pages=["one page"])

    @step
    async def answer(self, ev: Found) -> StopEvent:
        return StopEvent(result=len(ev.pages))


async def main():
    return await Search(timeout=5).run(topic="tea")


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
