"""A run that is cancelled raises for whoever waits for it, and its step is not done.

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
        ran.append("begun")
        await asyncio.sleep(1)
        ran.append("done")
        return StopEvent(result="x")


async def main():
    handler = Desk(timeout=4).run()
    await asyncio.sleep(0.1)
    await handler.cancel_run()
    return await handler


if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(main()), "ran": ran}))
