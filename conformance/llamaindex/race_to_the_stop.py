"""The first StopEvent ends the run, and what another branch is doing is cancelled.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Drafted(Event):
    text: str


class Mail(Workflow):
    sent = []

    @step
    async def check(self, ev: StartEvent) -> StopEvent | None:
        return StopEvent(result="refused")

    @step
    async def draft(self, ev: StartEvent) -> Drafted:
        await asyncio.sleep(0.2)
        return Drafted(text="Dear all")

    @step
    async def send(self, ev: Drafted) -> StopEvent:
        self.sent.append(ev.text)
        return StopEvent(result="sent")


async def outcome(make):
    try:
        return await make(timeout=3).run()
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"outcome": asyncio.run(outcome(Mail))}))
