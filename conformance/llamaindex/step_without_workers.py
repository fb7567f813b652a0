"""A step has at least one worker.

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
        @step(num_workers=0)
        async def begin(self, ev: StartEvent) -> StopEvent:
            return StopEvent(result=1)

    refused = ""
except WorkflowValidationError as error:
    refused = str(error)


if __name__ == "__main__":
    print(json.dumps({"refused": "num_workers must be an integer greater than 0" in refused}))
