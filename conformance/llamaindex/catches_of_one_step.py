"""A handler of failures that names its steps leaves the others alone: what fails there ends the run.

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


class Flow(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> Word:
        return Word()

    @step
    async def end(self, ev: Word) -> StopEvent:
        raise ValueError("no")

    @catch_error(for_steps=["begin"])
    async def mend(self, ev: StepFailedEvent) -> StopEvent:
        return StopEvent(result="mended")


if __name__ == "__main__":
    e, r = outcome(lambda: Flow(timeout=5))
    print(json.dumps({"raised": e, "result": r}))
