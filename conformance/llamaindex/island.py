"""Steps that only feed each other are refused beside a whole workflow.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Ping(Event):
    pass


class Pong(Event):
    pass


class Court(Workflow):
    @step
    async def play(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result="done")

    @step
    async def left(self, ev: Ping) -> Pong:
        return Pong()

    @step
    async def right(self, ev: Pong) -> Ping:
        return Ping()


async def outcome(make):
    try:
        return await make(timeout=3).run()
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"outcome": asyncio.run(outcome(Court))}))
