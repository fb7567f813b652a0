"""A step that reads a field which nobody sets fails the run.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
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


class Flow(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> Word:
        return Word()

    @step
    async def end(self, ev: Word) -> StopEvent:
        return StopEvent(result=ev.colour)


if __name__ == "__main__":
    e, r = outcome(lambda: Flow(timeout=5))
    print(json.dumps({"raised": e, "result": r}))
