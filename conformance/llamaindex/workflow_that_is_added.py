"""Workflows are added to no other one since 2.0.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class Found(Event):
    count: int = 0


async def outcome(make, **given):
    try:
        return str(await make(timeout=3).run(**given))
    except Exception as error:
        return type(error).__name__


class Inner(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result="inner")


class Outer(Workflow):
    @step
    async def begin(self, ev: StartEvent, inner: Workflow) -> StopEvent:
        return StopEvent(result=await inner.run())


async def main():
    try:
        outer = Outer()
        outer.add_workflows(inner=Inner())
        return await outer.run()
    except AttributeError as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
