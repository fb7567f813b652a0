"""A workflow has one class of StopEvents.

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


class Good(StopEvent):
    pass


class Bad(StopEvent):
    pass


class Flow(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> Good | Bad:
        return Good()


async def main():
    try:
        await Flow().run()
        return ""
    except (WorkflowConfigurationError, WorkflowRuntimeError, WorkflowValidationError) as error:
        return str(error)


if __name__ == "__main__":
    refused = asyncio.run(main())
    print(json.dumps({"refused": "Only one type of StopEvent is allowed" in refused}))
