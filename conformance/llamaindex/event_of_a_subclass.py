"""A step that is annotated with an event and returns one of a subclass leaves the run to its time-out: nobody takes it.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent



class Found(Event):
    text: str


class FoundMuch(Found):
    pass


class Flow(Workflow):
    @step
    async def search(self, ev: StartEvent) -> Found:
        return FoundMuch(text="much")

    @step
    async def write(self, ev: Found) -> StopEvent:
        return StopEvent(result=ev.text)


async def main():
    try:
        return await Flow(timeout=1).run()
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
