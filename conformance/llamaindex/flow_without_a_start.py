"""Some step takes a StartEvent.

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
    async def begin(self, ev: A) -> StopEvent:
        return StopEvent(result=1)


async def main():
    try:
        await Flow().run()
        return ""
    except (WorkflowConfigurationError, WorkflowRuntimeError, WorkflowValidationError) as error:
        return str(error)


if __name__ == "__main__":
    refused = asyncio.run(main())
    print(json.dumps({"refused": "At least one Event of type StartEvent must be received" in refused}))
