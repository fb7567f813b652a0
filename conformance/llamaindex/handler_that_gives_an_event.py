"""What a handler of failures returns is handed on like any other event.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, catch_error, step
from workflows.events import Event, StartEvent, StepFailedEvent, StopEvent


ran = []


class A(Event):
    pass


class B(Event):
    pass


class Flow(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> A:
        raise OSError("no paper")

    @step
    async def end(self, ev: A) -> StopEvent:
        ran.append("end")
        return StopEvent(result="done")

    @catch_error
    async def mend(self, ev: StepFailedEvent) -> A:
        ran.append(ev.step_name)
        return A()


async def main():
    return await Flow().run()


if __name__ == "__main__":
    result = asyncio.run(main())
    print(json.dumps({"ran": ran, "result": result}))
