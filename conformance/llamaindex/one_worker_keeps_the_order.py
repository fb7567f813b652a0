"""A step with one worker takes events one after the other.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent

ran = []


class Word(Event):
    text: str = ""


class Done(Event):
    text: str = ""


def outcome(make, **inputs):
    async def main():
        return await make().run(**inputs)

    try:
        return "", asyncio.run(main())
    except Exception as error:
        return type(error).__name__, None


class Flow(Workflow):
    @step
    async def begin(self, ctx: Context, ev: StartEvent) -> Word | None:
        for text in "ab":
            ctx.send_event(Word(text=text))

    @step(num_workers=1)
    async def work(self, ev: Word) -> Done:
        ran.append("+" + ev.text)
        await asyncio.sleep(0.1 if ev.text == "a" else 0)
        ran.append("-" + ev.text)
        return Done(text=ev.text)

    @step
    async def end(self, ctx: Context, ev: Done) -> StopEvent | None:
        if ctx.collect_events(ev, [Done] * 2) is None:
            return None
        return StopEvent()


if __name__ == "__main__":
    e, r = outcome(lambda: Flow(timeout=5))
    print(json.dumps({"raised": e, "ran": ran}))
