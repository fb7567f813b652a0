"""A step that waits in a loop is given one answer in all rounds; with ids of their own, the last answer counts for all.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent


class Desk(Workflow):
    @step
    async def ask(self, ctx: Context, ev: StartEvent) -> StopEvent:
        answers = []
        for question in ("name?", "town?"):
            asked = InputRequiredEvent(prefix=question)
            answer = await ctx.wait_for_event(HumanResponseEvent, waiter_event=asked, timeout=1)
            answers.append(answer.response)
        return StopEvent(result=answers)


class Told(Workflow):
    @step
    async def ask(self, ctx: Context, ev: StartEvent) -> StopEvent:
        answers = []
        for question in ("name?", "town?"):
            asked = InputRequiredEvent(prefix=question)
            answer = await ctx.wait_for_event(HumanResponseEvent, waiter_event=asked, waiter_id=question, timeout=1)
            answers.append(answer.response)
        return StopEvent(result=answers)


async def drive(workflow):
    handler = workflow.run()
    answers = {"name?": "Ann", "town?": "Bath"}
    asked = []
    async for event in handler.stream_events():
        if isinstance(event, InputRequiredEvent):
            asked.append(event.prefix)
            handler.ctx.send_event(HumanResponseEvent(response=answers[event.prefix]))
    return [await handler, asked]


if __name__ == "__main__":
    print(json.dumps({"plain": asyncio.run(drive(Desk(timeout=4))), "named": asyncio.run(drive(Told(timeout=4)))}))
