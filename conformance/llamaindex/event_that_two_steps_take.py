"""An event is handed to every step that takes its class.

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
    async def begin(self, ev: StartEvent) -> A:
        return A()

    @step
    async def left(self, ev: A) -> B:
        ran.append("left")
        return B()

    @step
    async def right(self, ev: A) -> B:
        ran.append("right")
        return B()

    @step
    async def end(self, ev: B) -> StopEvent | None:
        ran.append("end")
        return StopEvent(result="done") if ran.count("end") == 2 else None


async def main():
    return await Flow().run()


if __name__ == "__main__":
    result = asyncio.run(main())
    print(json.dumps({"ran": sorted(ran), "result": result}))
