"""A step is tried again as its policy says before its failure goes to a handler.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, catch_error, step
from workflows.events import Event, StartEvent, StopEvent

ran = []


class Word(Event):
    text: str = ""


class Done(Event):
    text: str = ""


def outcome(make, **inputs):
    async def main():
        return await make().run(**inputs)

    try:
        return "", asyncio.run(main())
    except Exception as error:
        return type(error).__name__, None


from workflows.events import StepFailedEvent
from workflows.retry_policy import ConstantDelayRetryPolicy


class Flow(Workflow):
    @step(retry_policy=ConstantDelayRetryPolicy(delay=0.01, maximum_attempts=3))
    async def begin(self, ev: StartEvent) -> StopEvent:
        ran.append("begin")
        raise ValueError("no")

    @catch_error
    async def mend(self, ev: StepFailedEvent) -> StopEvent:
        return StopEvent(result="mended")


if __name__ == "__main__":
    e, r = outcome(lambda: Flow(timeout=5))
    print(json.dumps({"raised": e, "result": r, "ran": ran}))
