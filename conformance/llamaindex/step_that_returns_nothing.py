"""A step that returns None on the only way leaves the run to its time-out.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent


ran = []


class A(Event):
    pass


class B(Event):
    pass


class Flow(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> StopEvent | None:
        return None


async def main():
    return await Flow(timeout=1).run()


if __name__ == "__main__":
    try:
        asyncio.run(main())
        raised = ""
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
