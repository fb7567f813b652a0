"""A step returns; it does not yield.

llama-index-workflows 2.26.1.
"""

import json
from collections.abc import AsyncIterator

from workflows import Workflow, step
from workflows.errors import WorkflowValidationError
from workflows.events import Event, StartEvent, StopEvent


class A(Event):
    pass


class B(Event):
    pass


try:

    class Flow(Workflow):
        @step
        async def begin(self, ev: StartEvent) -> AsyncIterator[A]:
            yield A()

        @step
        async def end(self, ev: A) -> StopEvent:
            return StopEvent(result=1)

    refused = ""
except WorkflowValidationError as error:
    refused = str(error)


if __name__ == "__main__":
    print(json.dumps({"refused": "Async-iterator fan-out" in refused}))
