"""Annotations that are texts are read as well.

llama-index-workflows 2.26.1.
"""

from __future__ import annotations

import asyncio
import json

from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent


class A(Event):
    pass


class Flow(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> A:
        return A()

    @step
    async def end(self, ev: A) -> StopEvent:
        return StopEvent(result="done")


async def main():
    return await Flow(timeout=5).run()


if __name__ == "__main__":
    print(json.dumps({"result": str(asyncio.run(main()))}))
