"""A handler of failures names steps that are there.

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

    @catch_error(for_steps=["began"])
    async def mend(self, ev: StepFailedEvent) -> StopEvent:
        return StopEvent(result=0)


async def main():
    try:
        await Flow().run()
        return ""
    except (WorkflowConfigurationError, WorkflowRuntimeError, WorkflowValidationError) as error:
        return str(error)


if __name__ == "__main__":
    refused = asyncio.run(main())
    print(json.dumps({"refused": "unknown step 'began'" in refused}))
