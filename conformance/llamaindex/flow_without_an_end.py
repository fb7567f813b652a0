"""Some step returns a StopEvent.

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
    async def begin(self, ev: StartEvent) -> A:
        return A()

    @step
    async def after(self, ev: A) -> None:
        return None


async def main():
    try:
        await Flow().run()
        return ""
    except (WorkflowConfigurationError, WorkflowRuntimeError, WorkflowValidationError) as error:
        return str(error)


if __name__ == "__main__":
    refused = asyncio.run(main())
    print(json.dumps({"refused": "At least one Event of type StopEvent must be returned" in refused}))
