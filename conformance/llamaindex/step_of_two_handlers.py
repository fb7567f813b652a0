"""A step's failures go to one handler.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, catch_error, step
from workflows.errors import WorkflowConfigurationError, WorkflowRuntimeError, WorkflowValidationError
from workflows.events import Event, StartEvent, StepFailedEvent, StopEvent


class A(Event):
    pass


class B(Event):
    pass


class Flow(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result=1)

    @catch_error(for_steps=["begin"])
    async def mend(self, ev: StepFailedEvent) -> StopEvent:
        return StopEvent(result=0)

    @catch_error(for_steps=["begin"])
    async def excuse(self, ev: StepFailedEvent) -> StopEvent:
        return StopEvent(result=0)


async def main():
    try:
        await Flow().run()
        return ""
    except (WorkflowConfigurationError, WorkflowRuntimeError, WorkflowValidationError) as error:
        return str(error)


if __name__ == "__main__":
    refused = asyncio.run(main())
    print(json.dumps({"refused": "claimed by two @catch_error handlers" in refused}))
