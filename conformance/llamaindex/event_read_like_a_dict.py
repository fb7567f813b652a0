"""A field of an event that nobody set is None where it is asked for with get, and fails as an attribute or a key.

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


class Desk(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> StopEvent:
        found = [ev.get("topic"), ev.get("style", "plain")]
        for read in (lambda: ev["topic"], lambda: ev.topic):
            try:
                found.append(read())
            except Exception as error:
                found.append(type(error).__name__)
        return StopEvent(result=found)


async def main():
    return await Desk(timeout=4).run()


if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(main())}))
