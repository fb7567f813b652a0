"""A wait with requirements passes over answers that do not meet them.

llama-index-workflows 2.26.1.
"""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent


def outcome(do):
    with ThreadPoolExecutor() as pool:
        done = pool.submit(asyncio.run, do())
        failure = done.exception()
    return [type(failure).__name__, None] if failure else ["", done.result()]


class Answer(HumanResponseEvent):
    text: str
    who: str


class Ask(Workflow):
    @step
    async def ask(self, ctx: Context, ev: StartEvent) -> StopEvent:
        said = await ctx.wait_for_event(
            Answer, waiter_event=InputRequiredEvent(prefix="?"), requirements={"who": "Ann"}
        )
        return StopEvent(result=said.text)


async def main():
    handler = Ask(timeout=5).run()
    async for event in handler.stream_events():
        if isinstance(event, InputRequiredEvent):
            handler.ctx.send_event(Answer(text="no", who="Bob"))
            handler.ctx.send_event(Answer(text="yes", who="Ann"))
    return await handler


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
