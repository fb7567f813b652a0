"""A step cannot give its own context to a workflow that it runs.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent

ran = []


def outcome(flow, **inputs):
    async def run():
        return await flow.run(**inputs)

    try:
        return "", asyncio.run(run())
    except Exception as error:
        return type(error).__name__, None


class Inner(Workflow):
    @step
    async def work(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result="inner")


class Outer(Workflow):
    @step
    async def ask(self, ctx: Context, ev: StartEvent) -> StopEvent:
        return StopEvent(result=await Inner(timeout=1).run(ctx=ctx))


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(Outer(timeout=3))[0]}))
