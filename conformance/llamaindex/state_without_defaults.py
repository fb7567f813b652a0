"""The class of a workflow's state can be made of nothing, or the run is refused.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from pydantic import BaseModel


class Facts(BaseModel):
    topic: str


class Work(Workflow):
    @step
    async def begin(self, ctx: Context[Facts], ev: StartEvent) -> StopEvent:
        async with ctx.store.edit_state() as state:
            state.topic = "tea"
        return StopEvent(result="done")


async def main():
    return await Work().run()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(main()))[0]}))
