"""A wait that runs out raises a time-out in the step, which may go on.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent


async def outcome(make, **given):
    try:
        return await make(timeout=3).run(**given)
    except Exception as error:
        return type(error).__name__



class Mail(Workflow):
    @step
    async def ask(self, ev: StartEvent, ctx: Context) -> StopEvent:
        try:
            await ctx.wait_for_event(HumanResponseEvent, timeout=0.3)
        except asyncio.TimeoutError:
            return StopEvent(result="nobody answered")
        return StopEvent(result="answered")


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(outcome(Mail))}))
