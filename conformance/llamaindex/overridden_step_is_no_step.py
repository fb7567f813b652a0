"""A method that overrides a step without the decorator is no step: the workflow lacks it.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent



class Found(Event):
    text: str


class Base(Workflow):
    @step
    async def search(self, ev: StartEvent) -> Found:
        return Found(text="x")

    @step
    async def write(self, ev: Found) -> StopEvent:
        return StopEvent(result="base")


class Flow(Base):
    async def write(self, ev: Found) -> StopEvent:
        return StopEvent(result="flow")


async def main():
    try:
        return await Flow(timeout=1).run()
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
