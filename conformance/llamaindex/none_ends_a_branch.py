"""A step may return None: its branch ends, and the others go on.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Fetched(Event):
    text: str


class Page(Workflow):
    @step
    async def fetch(self, ev: StartEvent) -> Fetched:
        return Fetched(text="page")

    @step
    async def log(self, ev: Fetched) -> None:
        print(ev.text)

    @step
    async def use(self, ev: Fetched) -> StopEvent:
        return StopEvent(result=ev.text)


async def outcome(make):
    try:
        return await make(timeout=3).run()
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"outcome": asyncio.run(outcome(Page))}))
