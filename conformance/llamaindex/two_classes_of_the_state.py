"""Steps that declare two classes of the state, none made from the other, are refused since 2.14.

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


from pydantic import BaseModel


class One(BaseModel):
    a: int = 0


class Two(BaseModel):
    b: int = 0


class Desk(Workflow):
    @step
    async def begin(self, ctx: Context[One], ev: StartEvent) -> Found:
        return Found()

    @step
    async def post(self, ctx: Context[Two], ev: Found) -> StopEvent:
        return StopEvent(result="x")


if __name__ == "__main__":
    print(json.dumps({"outcome": asyncio.run(outcome(Desk))}))
