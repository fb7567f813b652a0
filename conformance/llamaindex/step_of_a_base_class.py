"""A workflow has the steps of the class that it is made from, and its own in place of those of their name.

llama-index-workflows 2.26.1.
"""

import asyncio
import json
from typing import Annotated

from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent
from workflows.resource import Resource

ran = []


def outcome(do):
    try:
        return ["", asyncio.run(do)]
    except BaseException as error:
        return [type(error).__name__, None]


class Word(Event):
    text: str


class Base(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> Word:
        return Word(text="base")

    @step
    async def end(self, ev: Word) -> StopEvent:
        return StopEvent(result=ev.text)


class Desk(Base):
    @step
    async def end(self, ev: Word) -> StopEvent:
        return StopEvent(result=ev.text + " desk")


async def main():
    return await Desk(timeout=4).run()


if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(main())}))
