"""A run gives the result of its StopEvent: what else that event has is nowhere to be found.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Found(Event):
    count: int = 0


async def outcome(make, **given):
    try:
        return str(await make(timeout=3).run(**given))
    except Exception as error:
        return type(error).__name__


class Desk(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> StopEvent:
        return StopEvent(answer="tea")


async def main():
    result = await Desk().run()
    try:
        return result["answer"]
    except TypeError as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"answer": asyncio.run(main())}))
