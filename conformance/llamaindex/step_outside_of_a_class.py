"""A step outside of a class names its workflow.

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
        async def begin(self, ev: StartEvent) -> A:
            return A()

    @step
    async def end(ev: A) -> StopEvent:
        return StopEvent(result=1)

    Flow.add_step(end)

    refused = ""
except WorkflowValidationError as error:
    refused = str(error)


if __name__ == "__main__":
    print(json.dumps({"refused": "please pass a workflow class" in refused}))
