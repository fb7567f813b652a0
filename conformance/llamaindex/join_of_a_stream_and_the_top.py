"""A step cannot wait for an event of a stream together with one outside of it.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.errors import WorkflowConfigurationError, WorkflowRuntimeError, WorkflowValidationError
from workflows.events import Event, StartEvent, StopEvent


class A(Event):
    pass


class B(Event):
    pass


class Flow(Workflow):
    @step
    async def split(self, ev: StartEvent) -> list[A]:
        return [A(), A()]

    @step
    async def other(self, ev: StartEvent) -> B:
        return B()

    @step
    async def end(self, first: A, second: B) -> StopEvent:
        return StopEvent(result=1)


async def main():
    try:
        await Flow().run()
        return ""
    except (WorkflowConfigurationError, WorkflowRuntimeError, WorkflowValidationError) as error:
        return str(error)


if __name__ == "__main__":
    refused = asyncio.run(main())
    print(json.dumps({"refused": "never produced at a common stream level" in refused}))
