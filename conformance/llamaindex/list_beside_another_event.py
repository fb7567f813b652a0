"""A step that gathers a list takes no other event.

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
        async def begin(self, ev: StartEvent) -> list[A] | B:
            return [A(), A()]

        @step
        async def end(self, items: list[A], other: B) -> StopEvent:
            return StopEvent(result=len(items))

    refused = ""
except WorkflowValidationError as error:
    refused = str(error)


if __name__ == "__main__":
    print(json.dumps({"refused": "cannot be combined with other event parameters" in refused}))
