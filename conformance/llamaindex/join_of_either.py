"""A step that waits for several events names one class for each.

llama-index-workflows 2.26.1.
"""

import json

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
        async def begin(self, ev: StartEvent) -> A | B:
            return A()

        @step
        async def end(self, first: A | B, second: B) -> StopEvent:
            return StopEvent(result=1)

    refused = ""
except WorkflowValidationError as error:
    refused = str(error)


if __name__ == "__main__":
    print(json.dumps({"refused": "require each event parameter to declare a single event type" in refused}))
