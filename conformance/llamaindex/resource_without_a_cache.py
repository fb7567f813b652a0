"""A resource that is not to be kept is made for each step that runs.

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
    n: int


def make_log() -> list:
    ran.append("made")
    return []


class Desk(Workflow):
    @step
    async def first(self, ev: StartEvent, log: Annotated[list, Resource(make_log, cache=False)]) -> Word:
        log.append("first")
        return Word(n=len(log))

    @step
    async def last(self, ev: Word, log: Annotated[list, Resource(make_log, cache=False)]) -> StopEvent:
        log.append("last")
        return StopEvent(result=[ev.n, len(log)])


async def main():
    return await Desk(timeout=4).run()


if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(main()), "made": len(ran)}))
