"""A step that catches errors runs for whatever fails, and what it returns goes on.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.decorators import catch_error
from workflows.events import Event, StartEvent, StepFailedEvent, StopEvent


class Fetched(Event):
    text: str


class Page(Workflow):
    @step
    async def fetch(self, ev: StartEvent) -> Fetched:
        raise ConnectionError("down")

    @catch_error
    async def recover(self, ev: StepFailedEvent) -> Fetched:
        return Fetched(text=f"instead of {ev.step_name}")

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
