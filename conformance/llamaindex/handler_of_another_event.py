"""A handler of failures takes a StepFailedEvent.

llama-index-workflows 2.26.1.
"""

import json

from workflows import Workflow, catch_error, step
from workflows.errors import WorkflowValidationError
from workflows.events import Event, StartEvent, StopEvent


class A(Event):
    pass


class B(Event):
    pass


try:

    class Flow(Workflow):
        @step
        async def begin(self, ev: StartEvent) -> StopEvent:
            return StopEvent(result=1)

        @catch_error
        async def mend(self, ev: A) -> StopEvent:
            return StopEvent(result=0)

    refused = ""
except WorkflowValidationError as error:
    refused = str(error)


if __name__ == "__main__":
    print(json.dumps({"refused": "must accept StepFailedEvent" in refused}))
